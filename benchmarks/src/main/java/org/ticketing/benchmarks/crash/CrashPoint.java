package org.ticketing.benchmarks.crash;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ticketing.stack.Variant;

/**
 * A step of a protocol at which something can fail, as its script describes it. A script is a
 * Byteman script whose comments tell, in this order: what has happened by then, in a sentence; the
 * timeline; {@code In:} the process whose classes the rules are for; and {@code Then:} what may
 * happen there, alternatives separated by {@code |}.
 *
 * @param explanation what has happened when the point is reached, in one line
 * @param rules the whole script
 * @param places processes; each makes cells of its own, in whose acts {@code participant} stands
 *     for it and {@code database} for its database server
 */
public record CrashPoint(
    Variant variant,
    String name,
    String explanation,
    String rules,
    List<String> places,
    List<Act> acts) {

  private static final Pattern PLACES = Pattern.compile("(?m)^# In: *(.+)$");

  /** May go on over several lines. */
  private static final Pattern ACTS = Pattern.compile("(?m)^# Then: *(.+(?:\\R# {2,}.+)*)$");

  /**
   * @throws IllegalArgumentException the script lacks a part
   */
  static CrashPoint parse(Variant variant, String name, String script) {
    String explanation =
        script
            .lines()
            .takeWhile(line -> line.matches("# *\\S.*"))
            .map(line -> line.substring(1).strip())
            .collect(Collectors.joining(" "));
    if (explanation.isEmpty()) {
      throw new IllegalArgumentException(name + " does not begin with its explanation");
    }
    return new CrashPoint(
        variant,
        name,
        explanation,
        script,
        alternatives(name, "In:", PLACES, script).toList(),
        alternatives(name, "Then:", ACTS, script).map(Act::parse).toList());
  }

  private static Stream<String> alternatives(
      String name, String part, Pattern pattern, String script) {
    Matcher found = pattern.matcher(script);
    if (!found.find()) {
      throw new IllegalArgumentException(name + " lacks \"# " + part + "\"");
    }
    return Arrays.stream(found.group(1).replaceAll("\\R#", " ").split("\\|")).map(String::strip);
  }

  /** One for each place and act. */
  List<Cell> cells() {
    return places.stream()
        .flatMap(
            place ->
                acts.stream().map(act -> new Cell(this, place, act.at(place, databaseOf(place)))))
        .toList();
  }

  private String databaseOf(String place) {
    return place.equals("point") && variant != Variant.MONOLITH ? "mysql" : "postgresql";
  }
}
