package org.ticketing.experiments.publication;

import com.samskivert.mustache.Mustache;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.report.Environment;

/** The page of questions in Markdown. Its figures are those of the page of results. */
final class QuestionsPage {

  private static final Page TEMPLATE = Page.named("questions");

  private static final String NOT_MEASURED = "not measured";

  private final Evidence evidence;
  private final String yardstick;

  private QuestionsPage(Evidence evidence) {
    this.evidence = evidence;
    this.yardstick = Conclusions.yardstick(evidence);
  }

  static String of(Evidence evidence) {
    return new QuestionsPage(evidence).text();
  }

  /** A figure of one system. */
  record Line(String system, String figure) {}

  /** The knee of one system, and its p99 near that of the others. */
  record Saturation(String system, String knee, String tail) {}

  private String text() {
    Map<String, Object> values = new HashMap<>();
    List<String> protocols = Protocols.in(evidence);
    values.put("yardstick", yardstick);
    Conclusions conclusions = Conclusions.of(evidence);
    values.put("protocols", conclusions.protocols());
    values.put("variants", conclusions.variants());
    values.put("p50", lines(protocols, Measure.P50));
    values.put("fractured", lines(protocols, Measure.FRACTURED));
    values.put(
        "saturation",
        protocols.stream()
            .map(system -> new Saturation(system, knee(system), figure(Measure.TAIL, system)))
            .toList());
    values.put("levers", LeverTable.ranges(evidence.leveredSystems()));
    values.put("platform", platform());
    values.put("figure", lambda(words -> figure(measure(words[1]), words[0])));
    values.put("versus", lambda(words -> versus(words[0], words[1], measure(words[2]))));
    values.put("beside", lambda(words -> SideBySide.of(evidence, words[0], words[1])));
    values.put("cells", lambda(words -> cells(words[0])));
    return TEMPLATE.with(values);
  }

  private List<Line> lines(List<String> systems, Measure measure) {
    return systems.stream().map(system -> new Line(system, figure(measure, system))).toList();
  }

  private String figure(Measure measure, String system) {
    return measure.of(evidence, system).map(Reading::text).orElse(NOT_MEASURED);
  }

  private String knee(String system) {
    return Measure.KNEE
        .of(evidence, system)
        .map(knee -> "up to %s a second".formatted(knee.text()))
        .orElse(NOT_MEASURED);
  }

  /** Which of two systems is better by a measure, if the figures tell. */
  private String versus(String one, String other, Measure measure) {
    Optional<Reading> ours = measure.of(evidence, one);
    Optional<Reading> theirs = measure.of(evidence, other);
    String title = measure.title(yardstick);
    String subject = Character.toUpperCase(title.charAt(0)) + title.substring(1);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return "%s: not measured of both.".formatted(subject);
    }
    String verdict =
        Ranking.of(measure, evidence, List.of(one, other))
            .first()
            .map(better -> Text.code(better.system()) + " is clearly better")
            .orElse("they are not told apart");
    return "%s: %s for %s, %s for %s; %s."
        .formatted(
            subject,
            ours.get().text(),
            Text.code(one),
            theirs.get().text(),
            Text.code(other),
            verdict);
  }

  /** In how many cells of the crash matrix a system kept its promise. */
  private String cells(String system) {
    return Crashes.of(evidence, system)
        .map(
            crashes ->
                "%s in %d of %d cells"
                    .formatted(Text.code(system), crashes.kept(), crashes.cells().size()))
        .orElse("%s: not measured".formatted(Text.code(system)));
  }

  private String platform() {
    return evidence
        .comparison()
        .map(Results::environment)
        .map(QuestionsPage::platform)
        .orElse(NOT_MEASURED);
  }

  private static String platform(Environment environment) {
    return "Spring Boot %s, services on %s"
        .formatted(
            environment.versions().getOrDefault("Spring Boot", "unknown"),
            environment.machine().jdk());
  }

  private static Measure measure(String key) {
    return Arrays.stream(Measure.values())
        .filter(measure -> measure.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no measure " + key));
  }

  /** A section of the template whose content is arguments, separated by spaces. */
  private static Mustache.Lambda lambda(Function<String[], String> text) {
    return (arguments, out) -> out.write(text.apply(arguments.execute().trim().split(" +")));
  }
}
