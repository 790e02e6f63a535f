package org.ticketing.benchmarks.crash;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens at a crash point. Its text is what scripts say. */
public sealed interface Act {

  /** The same to others. */
  default Act at(UnaryOperator<String> names) {
    return this;
  }

  /** SIGKILL to all of them, then a restart on their data. */
  record Kill(List<String> victims) implements Act {
    @Override
    public Act at(UnaryOperator<String> names) {
      return new Kill(victims.stream().map(names).toList());
    }

    @Override
    public String toString() {
      return "kill " + String.join("+", victims);
    }
  }

  /** What is sent to a process is swallowed for a while, and the connections are cut. */
  record LoseRequests(String to) implements Act {
    @Override
    public Act at(UnaryOperator<String> names) {
      return new LoseRequests(names.apply(to));
    }

    @Override
    public String toString() {
      return "lose requests to " + to;
    }
  }

  /** A process gets everything, but its answers are swallowed and the connections cut. */
  record LoseAnswers(String of) implements Act {
    @Override
    public Act at(UnaryOperator<String> names) {
      return new LoseAnswers(names.apply(of));
    }

    @Override
    public String toString() {
      return "lose answers of " + of;
    }
  }

  /** The database ends every connection of a process. */
  record CutDatabaseConnections(String of) implements Act {
    @Override
    public Act at(UnaryOperator<String> names) {
      return new CutDatabaseConnections(names.apply(of));
    }

    @Override
    public String toString() {
      return "cut database connections of " + of;
    }
  }

  /** No file of a process can grow for a while. */
  record FillDisk(String of) implements Act {
    @Override
    public Act at(UnaryOperator<String> names) {
      return new FillDisk(names.apply(of));
    }

    @Override
    public String toString() {
      return "fill the disk of " + of;
    }
  }

  /** The thread at the point is held, longer than any timeout. */
  record Hang(Duration time) implements Act {
    @Override
    public String toString() {
      return "hang " + time.toSeconds() + "s";
    }
  }

  /** The script itself does the harm. */
  record Nothing() implements Act {
    @Override
    public String toString() {
      return "nothing";
    }
  }

  /**
   * @throws IllegalArgumentException not an act
   */
  static Act parse(String text) {
    Matcher words =
        Pattern.compile(
                "(kill|lose requests to|lose answers of|cut database connections of"
                    + "|fill the disk of|hang) (\\S+)|nothing")
            .matcher(text.strip());
    if (!words.matches()) {
      throw new IllegalArgumentException("not an act: " + text);
    }
    String object = words.group(2);
    return switch (words.group(1) == null ? "nothing" : words.group(1)) {
      case "kill" -> new Kill(List.of(object.split("\\+")));
      case "lose requests to" -> new LoseRequests(object);
      case "lose answers of" -> new LoseAnswers(object);
      case "cut database connections of" -> new CutDatabaseConnections(object);
      case "fill the disk of" -> new FillDisk(object);
      case "hang" -> new Hang(time(object));
      default -> new Nothing();
    };
  }

  private static Duration time(String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeParseException notATime) {
      throw new IllegalArgumentException("not a time such as 15s: " + text, notATime);
    }
  }
}
