package org.ticketing.benchmarks.crash;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens at a crash point. */
public sealed interface Act {

  /** SIGKILL to all of them, then a restart on their data. */
  record Kill(List<String> victims) implements Act {
    @Override
    public String toString() {
      return "kill " + String.join("+", victims);
    }
  }

  /** What is sent to a process is swallowed for a while, and the connections are cut. */
  record LoseRequests(String to) implements Act {
    @Override
    public String toString() {
      return "lose requests to " + to;
    }
  }

  /** A process gets everything, but its answers are swallowed and the connections cut. */
  record LoseAnswers(String of) implements Act {
    @Override
    public String toString() {
      return "lose answers of " + of;
    }
  }

  /** The database ends every connection of a process. */
  record CutDatabaseConnections(String of) implements Act {
    @Override
    public String toString() {
      return "cut database connections of " + of;
    }
  }

  /** The thread at the point is held, longer than any timeout. */
  record Hang(Duration time) implements Act {
    @Override
    public String toString() {
      return "hang " + time.toSeconds() + "s";
    }
  }

  /** No file of a process can grow for a while. */
  record FillDisk(String of) implements Act {
    @Override
    public String toString() {
      return "fill the disk of " + of;
    }
  }

  /** The script itself does the harm. */
  record Nothing() implements Act {
    @Override
    public String toString() {
      return "nothing";
    }
  }

  /** With {@code participant} and {@code database} replaced by those names. */
  default Act at(String participant, String database) {
    String text =
        toString()
            .replaceAll("\\bparticipant\\b", participant)
            .replaceAll("\\bdatabase\\b(?! connections)", database);
    return parse(text);
  }

  /**
   * @throws IllegalArgumentException not an act
   */
  static Act parse(String text) {
    Matcher words =
        Pattern.compile(
                "(kill|lose requests to|lose answers of|cut database connections of|hang|"
                    + "fill the disk of|nothing) ?(.*)")
            .matcher(text.strip());
    if (!words.matches()) {
      throw new IllegalArgumentException("not an act: " + text);
    }
    String object = words.group(2);
    return switch (words.group(1)) {
      case "kill" -> new Kill(List.of(object.split("\\+")));
      case "lose requests to" -> new LoseRequests(object);
      case "lose answers of" -> new LoseAnswers(object);
      case "cut database connections of" -> new CutDatabaseConnections(object);
      case "hang" -> new Hang(Duration.parse("PT" + object));
      case "fill the disk of" -> new FillDisk(object);
      default -> new Nothing();
    };
  }
}
