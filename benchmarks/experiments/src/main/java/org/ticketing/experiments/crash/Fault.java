package org.ticketing.experiments.crash;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * What is injected at a crash point. Its text is what scripts and the command line say.
 *
 * @param targets the names of the processes and servers that fail; empty if no process fails
 * @param time how long after the point was reached a {@link Kind#KILL} comes, or how long a {@link
 *     Kind#HANG} lasts; zero for all other kinds
 */
public record Fault(Kind kind, List<String> targets, Duration time) {

  /** The kinds of faults. */
  public enum Kind {
    /** SIGKILL to all targets, at once or later, then a restart on their data. */
    KILL("kill"),
    /** For a while, what is sent to the target is dropped, and the connections are cut. */
    LOSE_REQUESTS("lose requests to"),
    /** The target gets everything, but for a while its answers are dropped likewise. */
    LOSE_ANSWERS("lose answers of"),
    /** The database ends every connection of the target. */
    CUT_DATABASE_CONNECTIONS("cut database connections of"),
    /** For a while, no file of the target can grow. */
    FILL_DISK("fill the disk of"),
    /** The target, a coordinator, is killed and started again with an empty store. */
    LOSE_STORE("lose the store of"),
    /** The thread at the point stops for longer than any timeout. */
    HANG("hang"),
    /** The script makes the target end by itself; the target is then started again. */
    END("end of"),
    /** The script itself does the harm, and no process ends. */
    NOTHING("nothing");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private static final Pattern KILL = Pattern.compile("kill (\\S+?)(?: after (\\S+))?");
  private static final Pattern HANG = Pattern.compile("hang (\\S+)");
  private static final Set<Kind> OF_ONE_TARGET =
      EnumSet.complementOf(EnumSet.of(Kind.KILL, Kind.HANG, Kind.NOTHING));

  /**
   * Reads a fault from its text.
   *
   * @throws IllegalArgumentException if the text is not a fault
   */
  public static Fault parse(String text) {
    String words = text.strip();
    Matcher kill = KILL.matcher(words);
    if (kill.matches()) {
      return new Fault(
          Kind.KILL,
          targets(kill.group(1)),
          kill.group(2) == null ? Duration.ZERO : time(kill.group(2)));
    }
    Matcher hang = HANG.matcher(words);
    if (hang.matches()) {
      return new Fault(Kind.HANG, List.of(), time(hang.group(1)));
    }
    if (words.equals(Kind.NOTHING.words)) {
      return new Fault(Kind.NOTHING, List.of(), Duration.ZERO);
    }
    for (Kind kind : OF_ONE_TARGET) {
      Matcher one = Pattern.compile(kind.words + " (\\S+)").matcher(words);
      if (one.matches()) {
        return new Fault(kind, List.of(one.group(1)), Duration.ZERO);
      }
    }
    throw new IllegalArgumentException("not a fault: " + words);
  }

  private static List<String> targets(String text) {
    List<String> targets = List.of(text.split("\\+"));
    if (targets.isEmpty() || Set.copyOf(targets).size() < targets.size()) {
      throw new IllegalArgumentException("not a list of targets such as payment+seata: " + text);
    }
    return targets;
  }

  private static Duration time(String text) {
    Duration time = DurationStyle.detectAndParse(text);
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("not a time such as 15s: " + text);
    }
    return time;
  }

  /** The same fault with other names for its targets. */
  Fault with(UnaryOperator<String> names) {
    return new Fault(kind, targets.stream().map(names).toList(), time);
  }

  /** How long the thread at the point stays stopped once the fault has been injected. */
  Duration hang() {
    return kind == Kind.HANG ? time : Duration.ZERO;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case KILL ->
          "kill " + String.join("+", targets) + (time.isZero() ? "" : " after " + seconds());
      case HANG -> "hang " + seconds();
      case NOTHING -> kind.words;
      default -> kind.words + " " + targets.get(0);
    };
  }

  private String seconds() {
    return time.toSeconds() + "s";
  }
}
