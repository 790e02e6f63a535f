package org.ticketing.cli;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Steers transactions: shows what that would do, asks, and has it done. */
abstract class SteeringCommand implements Callable<Integer> {

  private static final int LONGEST_REASON = 200;

  /** What an operator can decide where nobody knows the decision. */
  private static final Set<Steering> DECISIONS = EnumSet.of(Steering.COMPLETE, Steering.UNDO);

  /** How many are asked for at a time where a filter chooses them. */
  private static final int PAGE = 1000;

  private final Steering steering;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "<id>",
      description = "Ids of payments, or Xids. Or choose them by the options of the list:")
  private List<String> ids = List.of();

  @Mixin private TransactionFilter filter;

  @Option(
      names = "--reason",
      paramLabel = "<text>",
      description = "Why. Is written down with the operator. Needed, except for --dry-run.")
  private String reason;

  @Option(
      names = "--heuristic",
      description =
          "Decides instead of the protocol where the decision is truly unknown. Without it, that is"
              + " refused.")
  private boolean heuristic;

  @Option(names = "--dry-run", description = "Only says what would be done.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Does not ask. Needed where there is no terminal.")
  private boolean yes;

  @Mixin private TrackerOptions target;

  SteeringCommand(Steering steering) {
    this.steering = steering;
  }

  /** {@code ./ticketing transactions retry}. */
  @Command(
      name = "retry",
      description = "Has what is repeated anyway be done now.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Retry extends SteeringCommand {
    Retry() {
      super(Steering.RETRY);
    }
  }

  /** {@code ./ticketing transactions suspend}. */
  @Command(
      name = "suspend",
      description = "Stops the repetitions, until they are resumed or their owner restarts.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Suspend extends SteeringCommand {
    Suspend() {
      super(Steering.SUSPEND);
    }
  }

  /** {@code ./ticketing transactions resume}. */
  @Command(
      name = "resume",
      description = "Lets suspended repetitions go on.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Resume extends SteeringCommand {
    Resume() {
      super(Steering.RESUME);
    }
  }

  /** {@code ./ticketing transactions complete}. */
  @Command(
      name = "complete",
      description = "Ends transactions as decided, so that the payment has happened.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Complete extends SteeringCommand {
    Complete() {
      super(Steering.COMPLETE);
    }
  }

  /** {@code ./ticketing transactions undo}. */
  @Command(
      name = "undo",
      description = "Ends transactions so that nothing remains of the payment.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Undo extends SteeringCommand {
    Undo() {
      super(Steering.UNDO);
    }
  }

  /** {@code ./ticketing transactions release}. */
  @Command(
      name = "release",
      description =
          "Gives back what a participant keeps for transactions that no engine knows any more.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Release extends SteeringCommand {
    Release() {
      super(Steering.RELEASE);
    }
  }

  @Override
  public Integer call() {
    filter.check();
    require(
        ids.isEmpty() == filter.isGiven(),
        "Name transactions, or choose them with --show, --user, or another filter; not both.");
    require(dryRun || reason != null && !reason.isBlank(), "Say why, with --reason.");
    require(
        reason == null || reason.length() <= LONGEST_REASON,
        "--reason has at most %d characters.".formatted(LONGEST_REASON));
    Tracker tracker = target.tracker();
    List<String> chosen =
        ids.isEmpty() ? filter.ids(tracker, PAGE) : ids.stream().distinct().toList();
    if (chosen.isEmpty()) {
      print("No transactions: nothing to do.");
      return ExitCode.OK;
    }
    return steer(tracker, chosen);
  }

  private int steer(Tracker tracker, List<String> chosen) {
    List<Steered> previews = tracker.preview(order(steering, chosen));
    previews.forEach(one -> print(one, preview(one.effect())));
    List<String> possible =
        previews.stream().filter(one -> isOrdered(one.effect())).map(Steered::transaction).toList();
    printOtherOutcomes(tracker, previews);
    boolean areAll = possible.size() == chosen.size();
    if (dryRun || possible.isEmpty()) {
      return areAll ? ExitCode.OK : ExitCode.SOFTWARE;
    }
    if (!yes && !isConfirmed(possible.size())) {
      print("Nothing was done.");
      return ExitCode.SOFTWARE;
    }
    print("");
    List<Steered> results = tracker.steer(order(steering, possible));
    results.forEach(one -> print(one, TransactionText.result(one.effect())));
    return areAll && results.stream().map(Steered::effect).allMatch(SteeringCommand::isDone)
        ? ExitCode.OK
        : ExitCode.SOFTWARE;
  }

  /** What is possible, without the decisions that the operator does not take. */
  private boolean isOrdered(Effect preview) {
    return !preview.isRefused() && (heuristic || !preview.heuristic());
  }

  private String preview(Effect preview) {
    return TransactionText.preview(preview)
        + (preview.heuristic() && !heuristic ? " (only with --heuristic)" : "");
  }

  /** Where the operator decides, also what the other decision would do. */
  private void printOtherOutcomes(Tracker tracker, List<Steered> previews) {
    List<String> undecided =
        previews.stream()
            .filter(one -> one.effect().heuristic() && !one.effect().isRefused())
            .map(Steered::transaction)
            .toList();
    if (undecided.isEmpty() || !DECISIONS.contains(steering)) {
      return;
    }
    Steering other = steering == Steering.COMPLETE ? Steering.UNDO : Steering.COMPLETE;
    print("");
    print("The other decision, %s, would do:".formatted(TransactionText.name(other)));
    tracker
        .preview(order(other, undecided))
        .forEach(one -> print(one, TransactionText.preview(one.effect())));
  }

  private boolean isConfirmed(int number) {
    Confirmation confirmation = Confirmation.ofTerminal(spec.commandLine().getOut());
    require(confirmation.isPossible(), "There is no terminal to ask: add --yes, or --dry-run.");
    return confirmation.ask(
        "%n%s %d transaction%s?"
            .formatted(TransactionText.name(steering), number, number == 1 ? "" : "s"));
  }

  private SteeringOrder order(Steering ordered, List<String> transactions) {
    return new SteeringOrder(ordered, transactions, reason, heuristic);
  }

  private static boolean isDone(Effect effect) {
    return !effect.isRefused() && effect.finished();
  }

  private void print(Steered one, String text) {
    print(one.transaction() + "  " + text);
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
