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

/** What the build wrote down for processes started outside of it. */
public record ClassPath(List<Path> entries) {

  /** The module's own classes, then all it depends on. */
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
   * Begins with the other, in its order, where this has all that the other depends on; stays as it
   * is where not. Of the other's own classes there is one build then, the newest.
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

  public boolean beginsWith(ClassPath other) {
    return entries.size() >= other.entries.size()
        && entries.subList(0, other.entries.size()).equals(other.entries);
  }

  /** A JVM archives classes out of jars alone. */
  public boolean isOfJars() {
    return entries.stream().allMatch(Files::isRegularFile);
  }

  /** As a JVM takes it. */
  @Override
  public String toString() {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar, unless classes were compiled after it was made. */
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

  /** Maven leaves a jar as it is when classes were compiled anew and came out the same. */
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
