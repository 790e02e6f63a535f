package org.ticketing.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the build wrote down for processes started outside of it. */
final class ClassPath {

  private ClassPath() {}

  /** The module's own classes, then all it depends on. */
  static String of(Path module) {
    Path target = module.resolve("target");
    Path dependencies = target.resolve("classpath");
    try {
      return ownClasses(module.getFileName().toString(), target)
          + File.pathSeparator
          + Files.readString(dependencies).strip();
    } catch (IOException e) {
      throw new StackException(
          "%s is not built: run mvn -DskipTests package (%s is missing)."
              .formatted(module.getFileName(), dependencies),
          e);
    }
  }

  /** The jar, unless classes were compiled after it was made. */
  private static Path ownClasses(String module, Path target) throws IOException {
    Path classes = target.resolve("classes");
    try (Stream<Path> built = Files.list(target)) {
      return built
          .filter(file -> file.getFileName().toString().matches(module + "-.*\\.jar"))
          .filter(jar -> !isOlder(jar, classes))
          .findFirst()
          .orElse(classes);
    }
  }

  private static boolean isOlder(Path jar, Path classes) {
    try (Stream<Path> files = Files.walk(classes)) {
      long made = jar.toFile().lastModified();
      return files
          .filter(Files::isRegularFile)
          .anyMatch(file -> file.toFile().lastModified() > made);
    } catch (IOException unreadable) {
      return true;
    }
  }
}
