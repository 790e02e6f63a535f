package org.ticketing.experiments.crash;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens at a crash point. Its text is what scripts say. */
public sealed interface Fault {

  /** Whom it strikes, by name; nobody where only the thread at the point is held. */
  List<String> struck();

  /** How long the thread at the point is held after the act has begun. */
  default Duration hold() {
    return Duration.ZERO;
  }

  /** The same to others. */
  default Fault at(UnaryOperator<String> names) {
    return this;
  }

  /** SIGKILL to all of them, at once or later, then a restart on their data. */
  record Kill(List<String> struck, Duration after) implements Fault {
    @Override
    public Fault at(UnaryOperator<String> names) {
      return new Kill(struck.stream().map(names).toList(), after);
    }

    @Override
    public String toString() {
      return "kill %s%s"
          .formatted(
              String.join("+", struck), after.isZero() ? "" : " after " + after.toSeconds() + "s");
    }
  }

  /** What is sent to a process is swallowed for a while, and the connections are cut. */
  record LoseRequests(String to) implements Fault {
    @Override
    public List<String> struck() {
      return List.of(to);
    }

    @Override
    public Fault at(UnaryOperator<String> names) {
      return new LoseRequests(names.apply(to));
    }

    @Override
    public String toString() {
      return "lose requests to " + to;
    }
  }

  /** A process gets everything, but its answers are swallowed and the connections cut. */
  record LoseAnswers(String of) implements Fault {
    @Override
    public List<String> struck() {
      return List.of(of);
    }

    @Override
    public Fault at(UnaryOperator<String> names) {
      return new LoseAnswers(names.apply(of));
    }

    @Override
    public String toString() {
      return "lose answers of " + of;
    }
  }

  /** The database ends every connection of a process. */
  record CutDatabaseConnections(String of) implements Fault {
    @Override
    public List<String> struck() {
      return List.of(of);
    }

    @Override
    public Fault at(UnaryOperator<String> names) {
      return new CutDatabaseConnections(names.apply(of));
    }

    @Override
    public String toString() {
      return "cut database connections of " + of;
    }
  }

  /** No file of a process can grow for a while. */
  record FillDisk(String of) implements Fault {
    @Override
    public List<String> struck() {
      return List.of(of);
    }

    @Override
    public Fault at(UnaryOperator<String> names) {
      return new FillDisk(names.apply(of));
    }

    @Override
    public String toString() {
      return "fill the disk of " + of;
    }
  }

  /** The thread at the point is held, longer than any timeout. */
  record Hang(Duration hold) implements Fault {
    @Override
    public List<String> struck() {
      return List.of();
    }

    @Override
    public String toString() {
      return "hang " + hold.toSeconds() + "s";
    }
  }

  /** The script makes a process end by itself, which is then started again. */
  record OwnEnd(String of) implements Fault {
    @Override
    public List<String> struck() {
      return List.of(of);
    }

    @Override
    public Fault at(UnaryOperator<String> names) {
      return new OwnEnd(names.apply(of));
    }

    @Override
    public String toString() {
      return "end of " + of;
    }
  }

  /** The script itself does the harm, and everybody lives on. */
  record Nothing() implements Fault {
    @Override
    public List<String> struck() {
      return List.of();
    }

    @Override
    public String toString() {
      return "nothing";
    }
  }

  /**
   * @throws IllegalArgumentException not an act
   */
  static Fault parse(String text) {
    Matcher words =
        Pattern.compile(
                "kill (?<victims>\\S+)( after (?<after>\\S+))?"
                    + "|(?<act>lose requests to|lose answers of|cut database connections of"
                    + "|fill the disk of|end of|hang) (?<object>\\S+)"
                    + "|nothing")
            .matcher(text.strip());
    if (!words.matches()) {
      throw new IllegalArgumentException("not an act: " + text);
    }
    if (words.group("victims") != null) {
      String after = words.group("after");
      return new Kill(victims(words.group("victims")), after == null ? Duration.ZERO : time(after));
    }
    String object = words.group("object");
    return switch (words.group("act") == null ? "nothing" : words.group("act")) {
      case "lose requests to" -> new LoseRequests(object);
      case "lose answers of" -> new LoseAnswers(object);
      case "cut database connections of" -> new CutDatabaseConnections(object);
      case "fill the disk of" -> new FillDisk(object);
      case "end of" -> new OwnEnd(object);
      case "hang" -> new Hang(time(object));
      default -> new Nothing();
    };
  }

  private static List<String> victims(String text) {
    List<String> victims = List.of(text.split("\\+"));
    if (victims.isEmpty() || Set.copyOf(victims).size() < victims.size()) {
      throw new IllegalArgumentException("not victims such as payment+seata: " + text);
    }
    return victims;
  }

  private static Duration time(String text) {
    try {
      Duration time = Duration.parse("PT" + text);
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("not a time such as 15s: " + text);
      }
      return time;
    } catch (DateTimeParseException notATime) {
      throw new IllegalArgumentException("not a time such as 15s: " + text, notATime);
    }
  }
}
