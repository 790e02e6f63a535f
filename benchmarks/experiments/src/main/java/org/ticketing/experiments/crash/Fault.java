package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/**
 * What is injected at a crash point. Its text is what scripts and the command line say.
 *
 * @param targets the names of the processes and servers that fail, or of the two between which
 *     something is sent; empty if no process fails
 * @param delay how long after the point was reached a {@link Kind#KILL} comes; zero for all other
 *     kinds
 * @param time how long the fault lasts, or how far a clock is set back; zero if it does not say
 */
public record Fault(Kind kind, List<String> targets, Duration delay, Duration time) {

  /** The kinds of faults, with their texts. */
  public enum Kind {
    /** SIGKILL to all targets, at once or after a delay, and later a restart on their data. */
    KILL(
        "kill TARGETS",
        "kill TARGETS after DELAY",
        "kill TARGETS for TIME",
        "kill TARGETS after DELAY for TIME"),
    /** For a while, what is sent to the target is dropped, and the connections are cut. */
    LOSE_REQUESTS("lose requests to TARGET"),
    /** The target gets everything, but for a while its answers are dropped likewise. */
    LOSE_ANSWERS("lose answers of TARGET"),
    /** For a while, what two send to each other is dropped, and nobody is told. */
    SILENCE_BETWEEN("silence between TARGET and OTHER for TIME"),
    /** For a while, what one sends to the other is dropped, and nobody is told. */
    SILENCE_FROM("silence from TARGET to OTHER for TIME"),
    /** What two send to each other arrives only after a while. */
    DELAY_BETWEEN("delay between TARGET and OTHER for TIME"),
    /** What one sends to the other arrives only after a while. */
    DELAY_FROM("delay from TARGET to OTHER for TIME"),
    /** The hosts of the targets go off: they die, and their connections are not closed. */
    VANISH("vanish TARGETS for TIME"),
    /** SIGSTOP to all targets, and later SIGCONT. */
    PAUSE("pause TARGETS for TIME"),
    /** The clock of the target steps back by an hour, and is set right later. */
    TURN_CLOCK_BACK("turn back the clock of TARGET for TIME"),
    /** The target is killed, and its clock is behind when it is started again. */
    SET_CLOCK_BACK("set back the clock of TARGET by TIME"),
    /** The database ends every connection of the target. */
    CUT_DATABASE_CONNECTIONS("cut database connections of TARGET"),
    /** For a while, no file of the target can grow. */
    FILL_DISK("fill the disk of TARGET"),
    /** The target, a coordinator, is killed and started again with an empty store. */
    LOSE_STORE("lose the store of TARGET"),
    /** The thread at the point stops for longer than any timeout. */
    HANG("hang TIME"),
    /** The script makes the target end by itself; the target is then started again. */
    END("end of TARGET"),
    /** The script itself does the harm, and no process ends. */
    NOTHING("nothing");

    private final List<String> forms;

    Kind(String... forms) {
      this.forms = List.of(forms);
    }
  }

  private static final String TARGETS = "TARGETS";
  private static final String TARGET = "TARGET";
  private static final String OTHER = "OTHER";
  private static final String DELAY = "DELAY";
  private static final String TIME = "TIME";
  private static final List<String> VALUES = List.of(TARGETS, TARGET, OTHER, DELAY, TIME);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Seats are held, and tokens are valid, for a day in the systems that faults are injected in. */
  private static final Duration LONGEST = Duration.ofHours(20);

  public Fault {
    targets = List.copyOf(targets);
    if (Set.copyOf(targets).size() < targets.size()) {
      throw new IllegalArgumentException("it names something twice: " + targets);
    }
  }

  /**
   * Reads a fault from its text.
   *
   * @throws IllegalArgumentException if the text is not a fault
   */
  public static Fault parse(String text) {
    String words = text.strip();
    for (Kind kind : Kind.values()) {
      for (String form : kind.forms) {
        Optional<Map<String, String>> values = values(form, words);
        if (values.isPresent()) {
          return of(kind, values.get());
        }
      }
    }
    throw new IllegalArgumentException("not a fault: " + words + hint(words));
  }

  /** The forms that begin with the same word. */
  private static String hint(String words) {
    String verb = words.split(" ")[0];
    String similar =
        Arrays.stream(Kind.values())
            .flatMap(kind -> kind.forms.stream())
            .filter(form -> form.split(" ")[0].equals(verb))
            .collect(joining("; "));
    return similar.isEmpty() ? "" : " (but: " + similar + ")";
  }

  /** What a text says in the places of a form; empty if the text is not of this form. */
  private static Optional<Map<String, String>> values(String form, String text) {
    String[] parts = form.split(" ");
    String[] words = text.split(" +");
    Map<String, String> values = new HashMap<>();
    boolean isOfForm = words.length == parts.length;
    for (int i = 0; isOfForm && i < parts.length; i++) {
      if (VALUES.contains(parts[i])) {
        values.put(parts[i], words[i]);
      } else {
        isOfForm = parts[i].equals(words[i]);
      }
    }
    return isOfForm ? Optional.of(values) : Optional.empty();
  }

  private static Fault of(Kind kind, Map<String, String> values) {
    List<String> targets =
        values.containsKey(TARGETS)
            ? several(values.get(TARGETS))
            : Stream.of(TARGET, OTHER).map(values::get).filter(Objects::nonNull).toList();
    return new Fault(kind, targets, time(values.get(DELAY)), time(values.get(TIME)));
  }

  private static List<String> several(String text) {
    List<String> targets = List.of(text.split("\\+"));
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("not a list of targets such as payment+seata: " + text);
    }
    return targets;
  }

  private static Duration time(String text) {
    if (text == null) {
      return Duration.ZERO;
    }
    Duration time = DurationStyle.detectAndParse(text);
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("not a time from 1s to 20h: " + text);
    }
    return time;
  }

  /** The same fault with other names for its targets. */
  Fault with(UnaryOperator<String> names) {
    return new Fault(kind, targets.stream().map(names).toList(), delay, time);
  }

  /** How long the thread at the point stays stopped once the fault has been injected. */
  Duration hang() {
    return kind == Kind.HANG ? time : Duration.ZERO;
  }

  /** Whether it lasts so long that stored times are moved instead. */
  boolean isTooLongToWaitFor() {
    return time.compareTo(LONGEST_WAIT) > 0;
  }

  @Override
  public String toString() {
    String form =
        kind.forms.stream()
            .filter(one -> one.contains(DELAY) != delay.isZero())
            .filter(one -> one.contains(TIME) != time.isZero())
            .findFirst()
            .orElseThrow();
    return Arrays.stream(form.split(" ")).map(this::value).collect(joining(" "));
  }

  private String value(String part) {
    return switch (part) {
      case TARGETS -> String.join("+", targets);
      case TARGET -> targets.get(0);
      case OTHER -> targets.get(1);
      case DELAY -> text(delay);
      case TIME -> text(time);
      default -> part;
    };
  }

  private static String text(Duration time) {
    return time.compareTo(HOUR) >= 0 && time.equals(HOUR.multipliedBy(time.toHours()))
        ? time.toHours() + "h"
        : time.toSeconds() + "s";
  }
}
