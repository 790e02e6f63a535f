package org.ticketing.stack.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.ticketing.stack.process.StackClosedException;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.ClassPath;
import org.ticketing.stack.run.JavaCommand;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.server.DatabaseServer;

/**
 * A file with the classes that all service processes load, which each maps into its memory: those
 * of the shared domain and its libraries, from JDK 25 on already linked (JEP 483, 514). It halves
 * the processor time of a start. The first system that starts after a build makes it, with a {@link
 * TrainingRun}.
 *
 * <p>All systems share it: a JVM accepts a cache if its own class path begins with that of the
 * cache. A JVM 25 does not use it when an agent or a flight recording is given at its start, so
 * these are brought into processes that run already.
 */
public final class StartCache {

  /**
   * Leaves out the profiles of methods (JEP 515), which do harm after so short a training: each JVM
   * compiles by them at once, which takes 2.4 s more of processor time in the first 8 s, and
   * compiles the same again when payments begin.
   */
  private static final List<String> WITHOUT_PROFILES =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  /** Begins the lines of classes that the JVM generates, which have no class file. */
  private static final String GENERATED = "@lambda-form-invoker";

  private static final String VERSIONED = "META-INF/versions/";

  private final Run run;
  private final ClassPath classPath;
  private final boolean isPossible;
  private final Path file;
  private final AtomicBoolean isMisfitTold = new AtomicBoolean();

  private StartCache(Run run, ClassPath classPath) {
    this.run = run;
    this.classPath = classPath;
    this.isPossible = classPath.isOfJars();
    this.file =
        run.home()
            .resolve(".ticketing/start-cache")
            .resolve(
                "%s-%s.%s"
                    .formatted(
                        run.jdk().feature(),
                        isPossible ? key() : "none",
                        run.jdk().hasAotCache() ? "aot" : "jsa"));
  }

  /**
   * The cache of this build, which is made if it is missing. Processes start without it, too, so a
   * failure to make it is told to the user and not thrown.
   *
   * @param server where the database of the training run is
   */
  public static StartCache prepared(Run run, SystemKeys keys, DatabaseServer server) {
    var cache = new StartCache(run, ClassPath.of(run.home().resolve(Program.SHOP.module())));
    cache.prepare(new TrainingRun(run, keys, server)::play);
    return cache;
  }

  private String key() {
    StringBuilder identity = new StringBuilder().append(run.jdk());
    for (Path jar : classPath.entries()) {
      identity.append(jar).append(jar.toFile().length()).append(jar.toFile().lastModified());
    }
    return UUID.nameUUIDFromBytes(identity.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The class path of a program, in an order in which it can use the cache if possible. */
  ClassPath classPathOf(Program program) {
    ClassPath own = ClassPath.of(run.home().resolve(program.module()));
    return own.equals(classPath) ? own : own.behind(classPath);
  }

  /** The options with which a JVM of this class path uses the cache; none if it cannot. */
  List<String> options(ClassPath using) {
    if (!Files.exists(file)) {
      return List.of();
    }
    if (!using.beginsWith(classPath)) {
      if (!isMisfitTold.getAndSet(true)) {
        run.progress("starting without a cache of classes: a system has other libraries");
      }
      return List.of();
    }
    return run.jdk().hasAotCache()
        // Each JVM would warn of stubs that it makes again.
        ? List.of("-XX:AOTCache=" + file, "-Xlog:aot*=error")
        : List.of("-XX:SharedArchiveFile=" + file);
  }

  /**
   * Makes it if it is missing.
   *
   * @param training runs a program from its start to its end, with these options of its JVM
   */
  private void prepare(Consumer<List<String>> training) {
    if (!isPossible) {
      run.progress("starting without a cache of classes: common-domain is not packed in a jar");
      return;
    }
    // The monitor excludes threads of this JVM, the lock other JVMs.
    synchronized (StartCache.class) {
      try {
        Files.createDirectories(file.getParent());
        try (var channel =
                FileChannel.open(
                    file.resolveSibling("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            var lock = channel.lock()) {
          if (!Files.exists(file)) {
            make(training);
          }
        }
      } catch (StackClosedException toldToEnd) {
        throw toldToEnd;
      } catch (IOException | StackException failure) {
        run.progress("starting without a cache of classes: " + failure.getMessage());
      }
    }
  }

  private void make(Consumer<List<String>> training) throws IOException {
    run.progress("making the cache that services start from (once after a build)");
    Path incomplete = file.resolveSibling("incomplete");
    Files.deleteIfExists(incomplete);
    if (run.jdk().hasAotCache()) {
      List<String> options = new ArrayList<>(WITHOUT_PROFILES);
      options.addAll(List.of("-XX:AOTCacheOutput=" + incomplete, "-Xlog:aot*=error"));
      training.accept(options);
    } else {
      Path classes = file.resolveSibling("classes");
      training.accept(List.of("-XX:DumpLoadedClassList=" + classes));
      Files.write(classes, withFiles(Files.readAllLines(classes), classPath));
      archive(classes, incomplete);
    }
    deleteOutdated();
    Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void archive(Path classes, Path archive) {
    run.children()
        .run(
            new JavaCommand("start-cache", classPath)
                .options(
                    List.of(
                        "-Xshare:dump",
                        "-Xlog:disable",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + archive))
                .in(run),
            InputStream.nullInputStream());
  }

  /**
   * Leaves out the classes that have no file of their plain name: those that were generated, and
   * those that a jar has for newer versions of Java only. When an agent or a flight recording wants
   * to see an archived class, JDK 17 reads that file again, and crashes if there is none
   * (check_shared_class_file_load_hook).
   *
   * @param list the list as a JVM writes it: each line names a class, or classes used together
   */
  static List<String> withFiles(List<String> list, ClassPath classPath) throws IOException {
    Set<String> versioned = new HashSet<>();
    for (Path each : classPath.entries()) {
      try (JarFile jar = new JarFile(each.toFile())) {
        jar.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(VERSIONED) && name.endsWith(".class"))
            .map(name -> name.replaceFirst(VERSIONED + "\\d+/", "").replaceFirst("\\.class$", ""))
            .forEach(versioned::add);
      }
    }
    return list.stream()
        .filter(line -> !line.startsWith(GENERATED))
        .filter(line -> Stream.of(line.split(" ")).noneMatch(versioned::contains))
        .toList();
  }

  private void deleteOutdated() throws IOException {
    try (Stream<Path> caches = Files.list(file.getParent())) {
      for (Path cache : caches.toList()) {
        if (cache.getFileName().toString().startsWith(run.jdk().feature() + "-")) {
          Files.delete(cache);
        }
      }
    }
  }
}
