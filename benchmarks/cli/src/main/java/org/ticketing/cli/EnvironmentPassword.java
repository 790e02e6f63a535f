package org.ticketing.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ticketing.stack.run.UnusableException;

/** A password in a variable of the environment, or in the file that another variable names. */
final class EnvironmentPassword {

  /** What the name of the variable with the file ends in. */
  static final String FILE = "_FILE";

  private EnvironmentPassword() {}

  /**
   * The password of that variable, or the content of the file, without line breaks at its end.
   *
   * @throws UnusableException both are given, or the file cannot be read
   */
  static Optional<String> find(String variable) {
    return find(variable, System.getenv());
  }

  static Optional<String> find(String variable, Map<String, String> environment) {
    Optional<String> password = Optional.ofNullable(environment.get(variable));
    Optional<String> file = Optional.ofNullable(environment.get(variable + FILE));
    if (password.isPresent() && file.isPresent()) {
      throw new UnusableException(
          "%1$s and %1$s%2$s exclude each other.".formatted(variable, FILE));
    }
    return password.or(() -> file.map(path -> read(variable, path)));
  }

  private static String read(String variable, String file) {
    try {
      return Files.readString(Path.of(file)).replaceAll("\\R+$", "");
    } catch (IOException unreadable) {
      throw new UnusableException(
          "%s%s names a file that cannot be read: %s".formatted(variable, FILE, file));
    }
  }
}
