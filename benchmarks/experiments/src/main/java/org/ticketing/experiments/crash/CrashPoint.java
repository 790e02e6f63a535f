package org.ticketing.experiments.crash;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ticketing.stack.system.SystemDescription;

/**
 * A step of a protocol at which something can fail. It is described by a Byteman script, whose
 * comments tell, in paragraphs: what has happened by then, in a sentence; the timeline; what the
 * protocol promises there and who keeps it; and at last {@code In:} the process whose classes the
 * rules are for, and {@code Then:} what may happen there. Alternatives are separated by {@code |}.
 *
 * @param explanation what has happened when the point is reached, in one line
 * @param timeline of the protocol, in which the act is marked
 * @param promise what must come of it
 * @param rules the whole script
 * @param places processes; each makes cells of its own, in whose acts {@code participant} stands
 *     for it and {@code database} for its database server
 */
public record CrashPoint(
    SystemDescription system,
    String name,
    String explanation,
    String timeline,
    String promise,
    String rules,
    List<String> places,
    List<Fault> acts) {

  private static final String ALTERNATIVES = "\\s*\\|\\s*";

  /** The last paragraph; what may happen may go on over several lines. */
  private static final Pattern LAST =
      Pattern.compile("In: *(?<places>[^\\n]+)\\nThen: *(?<acts>.+)", Pattern.DOTALL);

  /**
   * @throws IllegalArgumentException the script lacks a part
   */
  static CrashPoint parse(SystemDescription system, String name, String script) {
    List<String> paragraphs =
        Arrays.stream(comment(script).split("\\n(\\s*\\n)+")).map(String::stripTrailing).toList();
    int last = paragraphs.size() - 1;
    Matcher end = LAST.matcher(paragraphs.get(last));
    if (last < 3 || !end.matches()) {
      throw new IllegalArgumentException(
          name
              + " does not begin with the four comments every point has: what has happened, the"
              + " timeline, the promise, and \"In:\" with \"Then:\"");
    }
    return new CrashPoint(
        system,
        name,
        oneLine(paragraphs.get(0)),
        String.join("\n\n", paragraphs.subList(1, last - 1)),
        oneLine(paragraphs.get(last - 1)),
        script,
        alternatives(end.group("places")).toList(),
        alternatives(end.group("acts")).map(Fault::parse).toList());
  }

  /** One for each place and act. */
  public List<Cell> cells() {
    return places.stream()
        .flatMap(
            place ->
                acts.stream().map(act -> new Cell(this, place, act.at(name -> at(place, name)))))
        .toList();
  }

  private static String comment(String script) {
    StringBuilder comment = new StringBuilder();
    script
        .lines()
        .takeWhile(line -> line.startsWith("#"))
        .forEach(line -> comment.append(line.replaceFirst("^# ?", "")).append('\n'));
    return comment.toString().stripTrailing();
  }

  private static String oneLine(String paragraph) {
    return paragraph.strip().replaceAll("\\s*\\n\\s*", " ");
  }

  private static Stream<String> alternatives(String text) {
    return Arrays.stream(oneLine(text).split(ALTERNATIVES));
  }

  private String at(String place, String name) {
    return switch (name) {
      case "participant" -> place;
      case "database" -> system.process(place).database();
      default -> name;
    };
  }
}
