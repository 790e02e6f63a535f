package org.ticketing.experiments.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ticketing.experiments.chart.Chart;
import org.ticketing.experiments.chart.Table;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;

/**
 * {@code report.html}: one file for a browser, which needs no other. The same evidence gives the
 * same bytes.
 */
public final class ReportPage {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
  private static final double BYTES_IN_GIB = 1L << 30;

  private ReportPage() {}

  /** The page as HTML. */
  public static String of(Evidence evidence) {
    return of(evidence, Report.of(evidence));
  }

  static String of(Evidence evidence, Report report) {
    List<String> warnings = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    evidence.comparison().ifPresent(one -> warnings.addAll(warnings(one)));
    evidence.comparison().ifPresent(one -> runs.add(run("Comparison", one)));
    evidence.levers().stream()
        .filter(one -> !evidence.comparison().equals(Optional.of(one)))
        .forEach(
            one -> {
              warnings.addAll(warnings(one));
              runs.add(run("Levers", one));
            });
    evidence.crashes().ifPresent(one -> runs.add(run(one)));
    return template()
        .execute(
            new Page(
                Chart.css(),
                warnings,
                new Overview(evidence).table().map(TextTable::of).orElse(null),
                evidence
                    .comparison()
                    .filter(ReportPage::hasRatios)
                    .map(one -> one.yardstick().system())
                    .orElse(null),
                report.figures().stream().map(ReportPage::section).toList(),
                report.absent(),
                runs));
  }

  private static boolean hasRatios(Results comparison) {
    return comparison.systems().stream().anyMatch(one -> one.ratios() != null);
  }

  private static Template template() {
    try (var reader =
        new InputStreamReader(
            ReportPage.class.getResourceAsStream("report.html"), StandardCharsets.UTF_8)) {
      return Mustache.compiler().emptyStringIsFalse(true).nullValue("").compile(reader);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> warnings(Results comparison) {
    List<String> warnings = new ArrayList<>();
    if (comparison.unsafe()) {
      warnings.add(
          "Measured although a server may lose commits that it acknowledged, so these figures cannot be compared: "
              + String.join("; ", comparison.notDurable()));
    }
    Changes.sentence(comparison.environment().changes()).ifPresent(warnings::add);
    if (!comparison.settings().latency()) {
      warnings.add(
          "A quick run: no system became warm. It shows promises, anomalies, and processor time; do not publish it.");
    } else {
      String cold =
          comparison.systems().stream()
              .filter(one -> !one.warmUp().flat())
              .map(SystemResult::system)
              .collect(Collectors.joining(", "));
      if (!cold.isEmpty()) {
        warnings.add("Not warm, and therefore without ratios: " + cold + ".");
      }
    }
    return warnings;
  }

  private static Run run(String name, Results comparison) {
    Environment environment = comparison.environment();
    return new Run(
        name,
        MINUTES.format(comparison.startedAt()),
        source(environment.project()),
        machine(environment.machine()),
        versions(environment.versions()),
        durability(environment.durability()),
        changes(environment.changes()));
  }

  private static Run run(CrashResults crashes) {
    CrashResults.Run run = crashes.run();
    return new Run(
        "Crash matrix",
        MINUTES.format(run.startedAt()),
        source(run.project()),
        machine(run.machine()),
        versions(run.versions()),
        durability(run.durability()),
        changes(run.changes()));
  }

  private static String source(Project project) {
    return project.commit() == null
        ? "no known commit"
        : "commit "
            + project.commit()
            + (Boolean.TRUE.equals(project.modified()) ? ", changed since" : "");
  }

  private static String machine(Machine machine) {
    return "%d processors (%s), %s GiB, %s, %s, %s"
        .formatted(
            machine.processors(),
            machine.processor(),
            Math.round(machine.memoryBytes() / BYTES_IN_GIB),
            machine.operatingSystem(),
            machine.fileSystem(),
            machine.jdk());
  }

  private static String versions(Map<String, String> versions) {
    return versions.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String durability(Map<String, Map<String, String>> servers) {
    return servers.entrySet().stream()
        .map(
            server ->
                server.getKey()
                    + ": "
                    + server.getValue().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }

  private static String changes(Map<String, Changes> changes) {
    return Optional.ofNullable(changes).orElse(Map.of()).entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + (entry.getValue().asShipped()
                        ? " as shipped"
                        : " as changed by this project"))
        .collect(Collectors.joining(", "));
  }

  private static Section section(Figure figure) {
    return new Section(
        figure.id(),
        figure.question(),
        figure.finding(),
        figure.reading(),
        figure.range(),
        figure.command(),
        figure.charts().stream()
            .map(
                chart ->
                    new Panel(
                        chart.svg(),
                        chart.isWide(),
                        chart.caption().panel(),
                        TextTable.of(chart.table())))
            .toList());
  }

  /**
   * What the template shows.
   *
   * @param yardstick null if there are no ratios to it
   */
  private record Page(
      String css,
      List<String> warnings,
      TextTable overview,
      String yardstick,
      List<Section> sections,
      List<String> absent,
      List<Run> runs) {}

  private record Section(
      String id,
      String question,
      String finding,
      String reading,
      String range,
      String command,
      List<Panel> panels) {}

  private record Panel(String svg, boolean wide, String name, TextTable table) {}

  private record TextTable(List<String> headings, List<TextRow> rows) {

    static TextTable of(Table table) {
      return new TextTable(
          table.headings(),
          table.rows().stream()
              .map(row -> new TextRow(row.get(0), row.subList(1, row.size())))
              .toList());
    }
  }

  private record TextRow(String name, List<String> cells) {}

  private record Run(
      String what,
      String when,
      String source,
      String machine,
      String versions,
      String durability,
      String changes) {}
}
