package org.ticketing.experiments.crash;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.workload.PaymentWay;

/**
 * A step of a protocol at which a fault can be injected. It is described by a Byteman script that
 * begins with four paragraphs of comments: what has happened by then, in one sentence; the
 * timeline; what the protocol promises there, and how it keeps its promise; and the process whose
 * classes the rules are for ({@code In:}) with the faults to inject there, in the matrix ({@code
 * Then:}) or in the long matrix alone ({@code Long:}; one of the two may be missing). Alternatives
 * are separated by {@code |}. A point that only payments come to that are accepted first and made
 * later says so ({@code Paid: asynchronously}).
 *
 * @param rules the whole script
 * @param places the processes of {@code In:}. Each makes cells of its own, in whose faults {@code
 *     participant} stands for the process and {@code database} for its database server
 * @param faults those of the matrix
 * @param longFaults those of the long matrix alone
 * @param way how the customers pay
 */
public record CrashPoint(
    SystemDescription system,
    String name,
    Description description,
    String rules,
    List<String> places,
    List<Fault> faults,
    List<Fault> longFaults,
    PaymentWay way) {

  /**
   * What the comments of a script tell.
   *
   * @param summary what has happened when the point is reached, in one line
   * @param timeline of the protocol, with the point marked in it
   * @param promise what the protocol promises there
   */
  public record Description(String summary, String timeline, String promise) {}

  private static final String ALTERNATIVES = "\\s*\\|\\s*";

  /** The last paragraph. Its faults may take several lines. */
  private static final Pattern LAST =
      Pattern.compile(
          "In: *(?<places>[^\\n]+)(?:\\nThen: *(?<faults>.+?))?(?:\\nLong: *(?<long>.+?))?"
              + "(?<async>\\nPaid: asynchronously)?",
          Pattern.DOTALL);

  /**
   * Reads a point from its script.
   *
   * @throws IllegalArgumentException if a part is missing
   */
  static CrashPoint parse(SystemDescription system, String name, String script) {
    List<String> paragraphs =
        Arrays.stream(comment(script).split("\\n(\\s*\\n)+")).map(String::stripTrailing).toList();
    int last = paragraphs.size() - 1;
    Matcher end = LAST.matcher(paragraphs.get(last));
    if (last < 3 || !end.matches() || end.group("faults") == null && end.group("long") == null) {
      throw new IllegalArgumentException(
          name
              + " does not begin with the four paragraphs of comments that every point has: what"
              + " has happened, the timeline, the promise, and \"In:\" with \"Then:\" or \"Long:\"");
    }
    return new CrashPoint(
        system,
        name,
        new Description(
            oneLine(paragraphs.get(0)),
            String.join("\n\n", paragraphs.subList(1, last - 1)),
            oneLine(paragraphs.get(last - 1))),
        script,
        alternatives(end.group("places")).toList(),
        faults(end.group("faults")),
        faults(end.group("long")),
        end.group("async") == null ? PaymentWay.SYNCHRONOUS : PaymentWay.ASYNCHRONOUS);
  }

  /** The cells of this point in the matrix: one for each place and fault. */
  public List<Cell> cells() {
    return cells(faults);
  }

  /** All its cells: those of the long matrix follow the others. */
  public List<Cell> allCells() {
    return Stream.concat(cells().stream(), cells(longFaults).stream()).toList();
  }

  private List<Cell> cells(List<Fault> some) {
    return places.stream()
        .flatMap(
            place ->
                some.stream()
                    .map(fault -> new Cell(this, place, fault.with(name -> at(place, name)))))
        .toList();
  }

  private static List<Fault> faults(String text) {
    return text == null ? List.of() : alternatives(text).map(Fault::parse).toList();
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
