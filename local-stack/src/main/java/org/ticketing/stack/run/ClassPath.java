package org.ticketing.stack.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.ticketing.stack.process.StackException;

/** The class path of a built module, for processes that are started outside of the build. */
public record ClassPath(List<Path> entries) {

  /**
   * The module's own classes, then all it depends on.
   *
   * @throws StackException if the module is not built
   */
  public static ClassPath of(Path module) {
    Path target = module.resolve("target");
    Path dependencies = target.resolve("classpath");
    try {
      return new ClassPath(
          Stream.concat(
                  Stream.of(ownClasses(module.getFileName().toString(), target)),
                  Stream.of(Files.readString(dependencies).strip().split(File.pathSeparator))
                      .filter(entry -> !entry.isEmpty())
                      .map(Path::of))
              .toList());
    } catch (IOException e) {
      throw new StackException(
          "%s is not built: run mvn -DskipTests package (%s is missing)."
              .formatted(module.getFileName(), dependencies),
          e);
    }
  }

  /**
   * This class path, ordered so that it begins with the other one. Where the other's own classes
   * would be on it twice, as a jar and as a folder, those of the other remain. If this lacks
   * something that the other depends on, it stays as it is.
   */
  public ClassPath behind(ClassPath other) {
    List<Path> dependencies = other.entries.subList(1, other.entries.size());
    if (!entries.containsAll(dependencies)) {
      return this;
    }
    Path build = other.entries.get(0).getParent();
    Set<Path> ordered = new LinkedHashSet<>(other.entries);
    entries.stream().filter(entry -> !build.equals(entry.getParent())).forEach(ordered::add);
    return new ClassPath(List.copyOf(ordered));
  }

  /** Whether its first entries are those of the other, in the same order. */
  public boolean beginsWith(ClassPath other) {
    return entries.size() >= other.entries.size()
        && entries.subList(0, other.entries.size()).equals(other.entries);
  }

  /** Whether it consists of jars. A JVM archives only classes out of jars. */
  public boolean isOfJars() {
    return entries.stream().allMatch(Files::isRegularFile);
  }

  /** In the form that a JVM takes. */
  @Override
  public String toString() {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The module's jar, or the folder with its classes if it has newer ones. */
  private static Path ownClasses(String module, Path target) throws IOException {
    Path classes = target.resolve("classes");
    try (Stream<Path> built = Files.list(target)) {
      return built
          .filter(
              file -> file.getFileName().toString().matches(module + "-[^-]*(-SNAPSHOT)?\\.jar"))
          .filter(jar -> !isOlder(jar, classes))
          .findFirst()
          .orElse(classes);
    }
  }

  /** Compares contents too: Maven keeps a jar if classes compiled again are the same as before. */
  private static boolean isOlder(Path jar, Path classes) {
    try (Stream<Path> files = Files.walk(classes)) {
      long made = jar.toFile().lastModified();
      List<Path> newer =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toFile().lastModified() > made)
              .toList();
      return !newer.isEmpty() && !hasAll(jar, classes, newer);
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static boolean hasAll(Path jar, Path classes, List<Path> files) throws IOException {
    try (JarFile packed = new JarFile(jar.toFile())) {
      for (Path file : files) {
        ZipEntry entry = packed.getEntry(classes.relativize(file).toString());
        if (entry == null
            || !Arrays.equals(
                packed.getInputStream(entry).readAllBytes(), Files.readAllBytes(file))) {
          return false;
        }
      }
      return true;
    }
  }
}
