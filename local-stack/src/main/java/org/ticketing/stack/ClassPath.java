package org.ticketing.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build wrote down for processes started outside of it. */
final class ClassPath {

  private ClassPath() {}

  /** The module's own classes, then all it depends on. */
  static String of(Path module) {
    Path target = module.resolve("target");
    Path dependencies = target.resolve("classpath");
    try {
      return target.resolve("classes")
          + File.pathSeparator
          + Files.readString(dependencies).strip();
    } catch (IOException e) {
      throw new StackException(
          "%s is not built: run mvn -DskipTests package (%s is missing)."
              .formatted(module.getFileName(), dependencies),
          e);
    }
  }
}
