package org.ticketing.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.ticketing.cli.Export.Format;
import org.ticketing.experiments.report.TextTable;
import org.ticketing.payment.TransactionsApi.SteeringPage;
import org.ticketing.payment.TransactionsApi.SteeringRecord;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ticketing transactions steerings}: the operations log. */
@Command(
    name = "steerings",
    description = "Lists what operators have ordered, who, when, and why, the latest first.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SteeringsCommand implements Callable<Integer> {

  private static final String SIZE = "1000";

  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      description = "Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  @Mixin private TrackerOptions target;

  /** A record of the operations log, without records in it. */
  record Ordered(
      Instant at,
      UUID operator,
      Steering steering,
      String transaction,
      String reason,
      boolean heuristic,
      List<String> steps,
      String refusal,
      Boolean finished) {

    static Ordered of(SteeringRecord one) {
      Effect effect = one.effect();
      return new Ordered(
          one.at(),
          one.operator(),
          one.steering(),
          one.transaction(),
          one.reason(),
          one.heuristic(),
          effect == null ? List.of() : effect.steps(),
          effect == null ? null : effect.refusal(),
          effect == null ? null : effect.finished());
    }

    private String result() {
      if (finished == null) {
        return "not known: the process died meanwhile";
      }
      return TransactionText.result(new Effect(steps, heuristic, refusal, finished));
    }
  }

  @Override
  public Integer call() {
    Tracker tracker = target.tracker();
    PrintWriter out = spec.commandLine().getOut();
    List<Ordered> all = all(tracker);
    if (format == Format.TABLE) {
      out.print(all.isEmpty() ? "no steerings%n".formatted() : table(all));
      out.flush();
    } else {
      try (Export<Ordered> export = Export.begin(format, Ordered.class, out)) {
        all.forEach(export::add);
      }
    }
    return ExitCode.OK;
  }

  private static List<Ordered> all(Tracker tracker) {
    List<Ordered> all = new ArrayList<>();
    Map<String, String> parameters = new HashMap<>(Map.of("size", SIZE));
    SteeringPage page;
    do {
      page = tracker.steerings(parameters);
      page.steerings().forEach(one -> all.add(Ordered.of(one)));
      parameters.put("after", page.next());
    } while (page.next() != null);
    return all;
  }

  private static String table(List<Ordered> all) {
    TextTable table =
        new TextTable(
            6, List.of("when", "operator", "steering", "transaction", "reason", "result"));
    for (Ordered one : all) {
      table.add(
          List.of(
              TransactionText.seconds(one.at()),
              one.operator().toString(),
              TransactionText.name(one.steering()) + (one.heuristic() ? " (heuristic)" : ""),
              one.transaction(),
              one.reason() == null ? "" : one.reason(),
              one.result()));
    }
    return table.toString();
  }
}
