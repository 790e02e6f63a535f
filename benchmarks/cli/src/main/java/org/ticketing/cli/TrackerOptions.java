package org.ticketing.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.run.RunDirectory;
import org.ticketing.stack.run.UnusableException;
import picocli.CommandLine.Option;

/** Which tracker is asked, and as whom. */
final class TrackerOptions {

  /** What {@code up} writes the address of its tracker to, in the folder of its run. */
  static final String FILE = "tracker.url";

  private static final String DEFAULT = "http://127.0.0.1:8190";
  private static final String EMAIL = "TICKETING_OPERATOR_EMAIL";
  private static final String PASSWORD = "TICKETING_OPERATOR_PASSWORD";

  @Option(
      names = "--target",
      paramLabel = "<url>",
      description =
          "The tracker. Default: that of the './ticketing up' that runs on this machine, if it is"
              + " the only one, else "
              + DEFAULT
              + ".")
  private String target;

  @Option(
      names = "--operator",
      paramLabel = "<e-mail>",
      description = "Who signs in. Default: from the environment, " + EMAIL + ".")
  private String operator;

  @Option(
      names = "--password-file",
      paramLabel = "<file>",
      description =
          "The operator's password. Default: from the environment, "
              + PASSWORD
              + ", or its file: "
              + PASSWORD
              + EnvironmentPassword.FILE
              + ".")
  private Path passwordFile;

  /**
   * The tracker that is meant. It is not asked yet.
   *
   * @throws UnusableException it is not clear which one is meant, or as whom it is to be asked
   */
  Tracker tracker() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (operator != null) {
      environment.put(EMAIL, operator);
    }
    if (passwordFile != null) {
      environment.remove(PASSWORD);
      environment.put(PASSWORD + EnvironmentPassword.FILE, passwordFile.toString());
    }
    String email = environment.get(EMAIL);
    String password = EnvironmentPassword.find(PASSWORD, environment).orElse(null);
    if (email == null || password == null) {
      throw new UnusableException(
          "The tracker needs an operator: --operator and --password-file, or %s and %s (or %s%s)"
                  .formatted(EMAIL, PASSWORD, PASSWORD, EnvironmentPassword.FILE)
              + " in the environment.");
    }
    return Tracker.at(target == null ? address() : target, email, password);
  }

  /**
   * Lets commands find the tracker of a run.
   *
   * @param run the folder of the run
   */
  static void remember(Path run, String url) throws IOException {
    Files.writeString(run.resolve(FILE), url + "\n");
  }

  private static String address() {
    String home = System.getProperty(StackOptions.HOME_PROPERTY);
    return home == null ? DEFAULT : address(Path.of(home), TrackerOptions::isAlive);
  }

  /**
   * The tracker of the run that is alive.
   *
   * @param home the root of the repository
   * @param isAlive tells whether a run is under way, by its folder
   * @throws UnusableException several have one
   */
  static String address(Path home, Predicate<Path> isAlive) {
    List<String> found = new ArrayList<>();
    try {
      for (Path run : RunDirectory.all(home)) {
        Path file = run.resolve(FILE);
        if (Files.isReadable(file) && isAlive.test(run)) {
          found.add(Files.readString(file).strip());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    if (found.size() > 1) {
      throw new UnusableException(
          "Several systems run on this machine; choose one by its --target: %s."
              .formatted(String.join(", ", found)));
    }
    return found.isEmpty() ? DEFAULT : found.get(0);
  }

  /** That of another user cannot be looked at, and is none that is meant. */
  private static boolean isAlive(Path run) {
    try {
      return RunDirectory.isAlive(run);
    } catch (IOException otherUsers) {
      return false;
    }
  }
}
