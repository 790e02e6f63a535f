package org.ticketing.stack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The classes of a variant, loaded and verified once and mapped into every process that starts
 * later (JEP 350). Halves the processor time of a start: with seventeen processes on two cores that
 * is minutes. Made by a first process that ends as soon as it is ready; wanted where the system
 * property {@value #WANTED} is true, which tests leave out because they start few.
 */
final class ClassDataArchive {

  private static final String WANTED = "ticketing.class-data";

  private final Run run;
  private final String variant;
  private final Path file;

  private ClassDataArchive(Run run, String variant, Path file) {
    this.run = run;
    this.variant = variant;
    this.file = file;
  }

  /** A JVM archives classes out of jars alone. */
  static ClassDataArchive of(Run run, Variant variant, String classPath) {
    List<Path> entries = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    // JDK 17 crashes (in check_shared_class_file_load_hook) when an agent sees archived classes.
    boolean possible =
        Boolean.getBoolean(WANTED)
            && entries.stream().allMatch(Files::isRegularFile)
            && !run.agents().acceptRules();
    String key = possible ? key(entries) : "";
    return new ClassDataArchive(
        run,
        variant.id(),
        possible
            ? run.home().resolve(".ticketing/class-data/" + variant.id() + "-" + key + ".jsa")
            : null);
  }

  private static String key(List<Path> jars) {
    StringBuilder identity =
        new StringBuilder(System.getProperty("java.home")).append(Runtime.version());
    for (Path jar : jars) {
      File file = jar.toFile();
      identity.append(file).append(file.length()).append(file.lastModified());
    }
    return UUID.nameUUIDFromBytes(identity.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** How a JVM is told to use it. */
  List<String> options() {
    return file == null ? List.of() : List.of("-XX:SharedArchiveFile=" + file);
  }

  /**
   * Makes it where it is wanted and missing. Without it processes start all the same, so a failure
   * is told and not raised.
   *
   * @param training makes the command of a process of the variant, by the options of its JVM
   */
  void prepare(Function<List<String>, Command> training) {
    if (file == null || Files.exists(file) || isShortRun()) {
      return;
    }
    // The monitor is for threads of this JVM, the lock for other JVMs.
    synchronized (ClassDataArchive.class) {
      try {
        Files.createDirectories(file.getParent());
        try (var channel =
                FileChannel.open(
                    file.resolveSibling(variant + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            var lock = channel.lock()) {
          if (!Files.exists(file)) {
            make(training);
          }
        }
      } catch (IOException failure) {
        run.progress("no class data for " + variant + ": " + failure.getMessage());
      }
    }
  }

  /** Then making the archive takes longer than it saves. */
  private boolean isShortRun() {
    return run.jvmOptions().containsAll(StackOptions.QUICK_COMPILER);
  }

  private void make(Function<List<String>, Command> training) throws IOException {
    run.progress("archiving the classes of " + variant + " (once after a build)");
    Path incomplete = file.resolveSibling(variant + ".incomplete");
    try {
      run.children()
          .run(
              training.apply(
                  List.of(
                      "-XX:ArchiveClassesAtExit=" + incomplete,
                      "-Xlog:disable",
                      "-Dspring.context.exit=onRefresh")),
              InputStream.nullInputStream());
    } catch (StackClosedException toldToEnd) {
      throw toldToEnd;
    } catch (StackException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
    deleteOutdated();
    Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void deleteOutdated() throws IOException {
    try (Stream<Path> archives = Files.list(file.getParent())) {
      for (Path archive : archives.toList()) {
        String name = archive.getFileName().toString();
        if (name.startsWith(variant + "-") && name.endsWith(".jsa")) {
          Files.delete(archive);
        }
      }
    }
  }
}
