package org.ticketing.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Faults at random moments, instead of those of cells. */
final class RandomFaultOptions {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--random",
      paramLabel = "<time>",
      description =
          "Instead of the matrix: SIGKILL at random moments under load for this time, such as 10m.")
  private String random;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description = "Chooses what --random kills. Default: another seed each time.")
  private Long seed;

  /**
   * For how long; empty if cells are to be played.
   *
   * @param areCellsChosen whether the command line says which cells to play, and how
   * @throws ParameterException the options do not go together, or the time is none
   */
  Optional<Duration> time(boolean areCellsChosen) {
    if (random == null) {
      if (seed != null) {
        throw wrong("--seed goes with --random.");
      }
      return Optional.empty();
    }
    if (areCellsChosen) {
      throw wrong("--random goes without --point, --fault, --script, --long and --repeat.");
    }
    Duration time;
    try {
      time = DurationStyle.detectAndParse(random);
    } catch (IllegalArgumentException notATime) {
      throw wrong("--random takes a time such as 90s or 10m, not " + random + ".");
    }
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw wrong("--random must be from 1s to 1h.");
    }
    return Optional.of(time);
  }

  long seed() {
    return seed == null ? new Random().nextInt() : seed;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
