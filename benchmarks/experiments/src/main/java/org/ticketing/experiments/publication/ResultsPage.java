package org.ticketing.experiments.publication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ticketing.experiments.compare.Floor;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Yardstick;

/** The page of all results in Markdown. The same evidence gives the same bytes. */
final class ResultsPage {

  private static final Page TEMPLATE = Page.named("results");

  private ResultsPage() {}

  /**
   * @param place where the page lies
   */
  static String of(Evidence evidence, Sources sources, List<Picture> pictures, Place place) {
    Map<String, Object> values = new HashMap<>();
    values.put("root", place.root());
    values.put("folder", place.folder());
    values.put("yardstick", Conclusions.yardstick(evidence));
    values.put(
        "hasAsShipped",
        evidence.asShipped().isPresent() || evidence.crashesAsShipped().isPresent());
    values.put("conclusions", Conclusions.of(evidence));
    values.put("baselines", Baselines.of(evidence));
    values.put("systems", Finding.of(evidence));
    putComparison(values, evidence);
    putSweeps(values, evidence);
    putLevers(values, evidence);
    putCrashes(values, evidence);
    putOthers(values, evidence);
    putRuns(values, evidence, sources);
    values.put("charts", pictures);
    values.put("hasCharts", !pictures.isEmpty());
    return TEMPLATE.with(values);
  }

  /**
   * Where a page lies.
   *
   * @param root the way from the page to the root of the repository; empty or ends with a slash
   * @param folder the way to the folder of the files that it is made from; likewise
   */
  record Place(String root, String folder) {}

  private static void putComparison(Map<String, Object> values, Evidence evidence) {
    ComparisonTables tables = new ComparisonTables(evidence);
    OtherRuns others = new OtherRuns(evidence);
    values.put("speed", tables.speed());
    values.put("cost", tables.cost());
    values.put(
        "counts", CountTable.of(evidence.comparison().map(Results::counts).orElse(List.of())));
    values.put("promises", tables.promises());
    values.put("databases", others.databases());
    values.put("noise", tables.noise());
    values.put("agreement", others.agreement());
    values.put("agreementInWords", others.agreementInWords());
    values.put("floor", floor(evidence));
    values.put(
        "clients",
        evidence
            .comparison()
            .map(found -> Integer.toString(found.settings().workload().clients()))
            .orElse("many"));
  }

  private static void putSweeps(Map<String, Object> values, Evidence evidence) {
    Optional<SweepTables> tables =
        evidence.comparison().filter(found -> !found.sweeps().isEmpty()).map(SweepTables::new);
    values.put("hasSweeps", tables.isPresent());
    values.put("knees", tables.map(SweepTables::knees).orElse(""));
    values.put("sweeps", tables.map(SweepTables::all).orElse(List.of()));
    values.put("seen", tables.map(SweepTables::seen).orElse(""));
  }

  private static void putLevers(Map<String, Object> values, Evidence evidence) {
    List<LeveredSystem> levered = evidence.leveredSystems();
    values.put("levers", LeverTable.of(levered));
    values.put("hasLeversInParts", evidence.levers().size() > 1);
    values.put("leversInWords", LeverTable.words(levered));
    values.put("unlevered", LeverTable.missing(evidence));
  }

  private static void putCrashes(Map<String, Object> values, Evidence evidence) {
    CrashTables tables = new CrashTables(evidence);
    values.put("crashes", tables.matrix());
    values.put("broken", tables.broken());
    values.put("random", tables.random());
  }

  private static void putOthers(Map<String, Object> values, Evidence evidence) {
    values.put("microBenchmarks", MicroBenchmarkTable.of(evidence.microBenchmarks()));
    values.put("published", PublishedTable.of(evidence));
    values.put("sources", evidence.published());
  }

  private static void putRuns(Map<String, Object> values, Evidence evidence, Sources sources) {
    RunFacts facts = new RunFacts(evidence);
    values.put("warnings", facts.warnings());
    values.put("workload", facts.workload());
    values.put("runs", facts.runs());
    values.put("changes", facts.changes());
    values.put("durability", facts.durability());
    values.put("versions", facts.versions());
    values.put(
        "processors",
        facts.machine().map(machine -> Integer.toString(machine.processors())).orElse("the same"));
    values.put("files", sources.table());
    values.put("leftOut", sources.leftOut());
  }

  /** A row for each system whose serial path is known. */
  private static String floor(Evidence evidence) {
    Floor floor = evidence.comparison().map(Results::yardstick).map(Yardstick::floor).orElse(null);
    if (floor == null) {
      return "Not measured.";
    }
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "system",
                "calls in series",
                "forced writes in series",
                "floor, ms",
                "p50 / floor"));
    for (Floor.OfSystem one : floor.systems()) {
      table.add(
          List.of(
              Text.code(one.system()),
              Integer.toString(one.calls()),
              Integer.toString(one.forcedWrites()),
              Text.twoDigits(one.micros() / 1e3),
              Text.twoDigits(one.ratio())));
    }
    return """
        The latency that a system could not beat here: its serial path, of calls that take %s ms and forced writes that take \
        %s ms at the median.

        %s"""
        .formatted(
            Text.twoDigits(floor.lookupP50Micros() / 1e3),
            Text.twoDigits(floor.forcedWriteP50Micros() / 1e3),
            table);
  }
}
