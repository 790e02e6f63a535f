package org.ticketing.experiments.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.report.Changes;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

/** When, where and with what the results were measured, as tables and sentences. */
final class RunFacts {

  private static final double GIBIBYTE = 1024 * 1024 * 1024;

  private final Evidence evidence;

  RunFacts(Evidence evidence) {
    this.evidence = evidence;
  }

  /** One row for each run. */
  String runs() {
    MarkdownTable table =
        new MarkdownTable(List.of("run", "on", "took", "commit", "machine", "JDK of the services"));
    evidence.comparison().ifPresent(run -> add(table, "comparison", run));
    evidence.again().ifPresent(run -> add(table, "comparison, second run", run));
    evidence.asShipped().ifPresent(run -> add(table, "comparison as shipped", run));
    evidence.levers().forEach(part -> add(table, leversOf(part), part));
    evidence
        .databases()
        .forEach(
            one -> add(table, "comparison with points on " + one.database(), one.comparison()));
    evidence.crashes().ifPresent(run -> add(table, "crash matrix", run.run()));
    evidence.crashesAsShipped().ifPresent(run -> add(table, "crash matrix as shipped", run.run()));
    return table.isEmpty() ? "" : table.toString();
  }

  private String leversOf(Results part) {
    return evidence.levers().size() == 1
        ? "levers"
        : part.levers().stream()
            .map(LeveredSystem::system)
            .collect(Collectors.joining(", ", "levers of ", ""));
  }

  /** Of libraries that make the difference. */
  String versions() {
    Map<String, String> versions =
        evidence
            .comparison()
            .map(run -> run.environment().versions())
            .or(() -> evidence.crashes().map(run -> run.run().versions()))
            .orElse(Map.of());
    MarkdownTable table = new MarkdownTable(List.of("library", "version"));
    versions.forEach((name, version) -> table.add(List.of(name, version)));
    return table.isEmpty() ? "" : table.toString();
  }

  /** What servers answered when they were asked whether commits survive a crash. */
  String durability() {
    Map<String, Map<String, String>> durability =
        evidence
            .comparison()
            .map(run -> run.environment().durability())
            .or(() -> evidence.crashes().map(run -> run.run().durability()))
            .orElse(Map.of());
    MarkdownTable table = new MarkdownTable(List.of("server", "setting", "answer"));
    durability.forEach(
        (server, settings) ->
            settings.forEach(
                (setting, answer) ->
                    table.add(List.of(server, Text.code(setting), Text.code(answer)))));
    return table.isEmpty() ? "" : table.toString();
  }

  /** How the libraries and servers ran that this project changes. */
  String changes() {
    MarkdownTable table = new MarkdownTable(List.of("run", "library", "ran", "how"));
    evidence.comparison().ifPresent(run -> add(table, "comparison", run.environment().changes()));
    evidence
        .asShipped()
        .ifPresent(run -> add(table, "comparison as shipped", run.environment().changes()));
    evidence.crashes().ifPresent(run -> add(table, "crash matrix", run.run().changes()));
    evidence
        .crashesAsShipped()
        .ifPresent(run -> add(table, "crash matrix as shipped", run.run().changes()));
    return table.isEmpty() ? "" : table.toString();
  }

  /** That of the comparison, or else of the crash matrix. */
  Optional<Machine> machine() {
    return evidence
        .comparison()
        .map(run -> run.environment().machine())
        .or(() -> evidence.crashes().map(run -> run.run().machine()));
  }

  /** The workload and the length of the comparison. */
  String workload() {
    return evidence.comparison().map(Results::settings).map(RunFacts::workload).orElse("");
  }

  /** Reasons why figures of these runs are not to be compared with those of others; mostly none. */
  List<String> warnings() {
    return evidence.comparisons().flatMap(this::warnings).distinct().toList();
  }

  private Stream<String> warnings(Results run) {
    String why =
        run == evidence.asShipped().orElse(null)
            ? "As shipped, a server may lose what it has acknowledged, so that rows *as shipped* of systems that"
                + " use it are not comparable with any others: "
            : "Measured although a server may lose commits: ";
    return run.unsafe() ? run.notDurable().stream().map(why::concat) : Stream.empty();
  }

  private static String workload(Settings settings) {
    Workload workload = settings.workload();
    Mix mix = workload.mix();
    return """
        %d measured rounds of %s payments in each part; capacity with %d clients and %d readers. Of the payments,
        %s come from a wallet with too few points, %s are refused late, %s are rivals, and %s of the others come
        from %d shared wallets. A system was taken as warm or not after at most %d rounds or %d seconds of warm-up.\
        """
        .formatted(
            settings.measuredRounds(),
            Text.count(workload.payments()),
            workload.clients(),
            settings.readers(),
            Text.percent(mix.poorShare()),
            Text.percent(mix.lateShare()),
            Text.percent(mix.rivalShare()),
            Text.percent(mix.sharedShare()),
            mix.sharedWallets(),
            settings.mostWarmUpRounds(),
            settings.mostWarmUpSeconds());
  }

  private static void add(MarkdownTable table, String name, Results run) {
    table.add(
        row(
            name,
            run.startedAt(),
            run.finishedAt(),
            run.environment().project(),
            run.environment().machine()));
  }

  private static void add(MarkdownTable table, String name, CrashResults.Run run) {
    table.add(row(name, run.startedAt(), run.finishedAt(), run.project(), run.machine()));
  }

  private static List<String> row(
      String name, Instant startedAt, Instant finishedAt, Project project, Machine machine) {
    return List.of(
        name,
        Text.day(startedAt),
        minutes(Duration.between(startedAt, finishedAt)),
        commit(project),
        String.format(
            Locale.ROOT,
            "%d processors (%s), %.0f GiB, %s, %s",
            machine.processors(),
            machine.processor(),
            machine.memoryBytes() / GIBIBYTE,
            machine.fileSystem(),
            machine.operatingSystem()),
        machine.jdk());
  }

  private static String minutes(Duration duration) {
    return Math.max(1, Math.round(duration.toSeconds() / 60.0)) + " min";
  }

  private static String commit(Project project) {
    return Optional.ofNullable(project.commit())
        .map(
            commit ->
                Text.code(commit.substring(0, Math.min(12, commit.length())))
                    + (Boolean.TRUE.equals(project.modified()) ? ", changed" : ""))
        .orElse("unknown");
  }

  private static void add(MarkdownTable table, String run, Map<String, Changes> changes) {
    changes.forEach(
        (name, change) ->
            table.add(
                List.of(run, name, change.asShipped() ? "as shipped" : "changed", how(change))));
  }

  private static String how(Changes change) {
    if (change.patches() != null) {
      return "%d rules of `%s`, SHA-256 `%s`"
          .formatted(
              change.patches().rules().size(), change.patches().file(), change.patches().sha256());
    }
    return change.settings().isEmpty()
        ? Text.NONE
        : String.join(
            ", ",
            change.settings().entrySet().stream()
                .map(one -> Text.code(one.getKey() + "=" + one.getValue()))
                .toList());
  }
}
