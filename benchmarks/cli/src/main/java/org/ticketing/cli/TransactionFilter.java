package org.ticketing.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.boot.convert.DurationStyle;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which transactions a command is about, in the words of the page. */
final class TransactionFilter {

  /** Those that should have been over by now: a part of those in flight. */
  private static final String STUCK = "stuck";

  private static final String IN_FLIGHT = "in-flight";
  private static final List<String> SHOWN =
      List.of("all", IN_FLIGHT, "in-doubt", STUCK, "failed", "slow");

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--show",
      paramLabel = "<which>",
      description =
          "all, in-flight, in-doubt, stuck (should have been over by now), failed, or slow.")
  private String show;

  @Option(
      names = "--find",
      paramLabel = "<id>",
      description =
          "Those of this payment, Xid, idempotency key, reservation, or customer, whichever it is.")
  private String find;

  @Option(names = "--user", paramLabel = "<id>", description = "Those of this customer.")
  private UUID user;

  @Option(names = "--payment", paramLabel = "<id>", description = "That of this payment.")
  private UUID payment;

  @Option(
      names = "--reservation",
      paramLabel = "<id>",
      description = "Those of payments for this reservation.")
  private UUID reservation;

  @Option(names = "--xid", paramLabel = "<xid>", description = "That of this Xid.")
  private String xid;

  @Option(
      names = "--key",
      paramLabel = "<key>",
      description = "Those of payments with this idempotency key.")
  private String key;

  @Option(
      names = "--from",
      paramLabel = "<time>",
      description = "Begun then or later: 2026-11-26T14:00:00Z, or 15m for 15 minutes ago.")
  private String from;

  @Option(names = "--to", paramLabel = "<time>", description = "Begun before; like --from.")
  private String to;

  /**
   * Checks the options before anything is asked.
   *
   * @throws ParameterException one of them is wrong
   */
  void check() {
    parameters();
  }

  /** Whether one of the options is there. */
  boolean isGiven() {
    return !parameters().isEmpty();
  }

  /**
   * Gets the transactions, page by page, the latest first.
   *
   * @param size of a page
   * @param all whether to follow the pages to the last, as it always does to find what is stuck
   */
  void forEachPage(Tracker tracker, int size, boolean all, Consumer<TransactionPage> taken) {
    Map<String, String> parameters = parameters();
    parameters.put("size", String.valueOf(size));
    boolean toTheLast = all || STUCK.equals(show);
    TransactionPage page;
    do {
      page = tracker.list(parameters);
      parameters.put("after", page.next());
      taken.accept(STUCK.equals(show) ? stuckOf(page) : page);
    } while (toTheLast && page.next() != null);
  }

  private static TransactionPage stuckOf(TransactionPage page) {
    return new TransactionPage(
        page.protocol(),
        page.transactions().stream().filter(TransactionSummary::stuck).toList(),
        null,
        page.notReached());
  }

  /**
   * The ids of all of them: of their payments, or Xids where the payment is not known.
   *
   * @param size of a page
   */
  List<String> ids(Tracker tracker, int size) {
    List<String> ids = new ArrayList<>();
    forEachPage(
        tracker, size, true, page -> page.transactions().forEach(one -> ids.add(idOf(one))));
    return ids.stream().distinct().toList();
  }

  static String idOf(TransactionSummary transaction) {
    return transaction.payment() == null ? transaction.xid() : transaction.payment().toString();
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    if (show != null && !SHOWN.contains(show)) {
      throw wrong("--show takes %s, not %s.".formatted(String.join(", ", SHOWN), show));
    }
    put(parameters, "show", STUCK.equals(show) ? IN_FLIGHT : show);
    put(parameters, "find", find);
    put(parameters, "user", user);
    put(parameters, "payment", payment);
    put(parameters, "reservation", reservation);
    put(parameters, "xid", xid);
    put(parameters, "key", key);
    put(parameters, "from", time("--from", from));
    put(parameters, "to", time("--to", to));
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }

  private Instant time(String option, String value) {
    if (value == null) {
      return null;
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException noInstant) {
      return Instant.now().minus(ago(option, value));
    }
  }

  private Duration ago(String option, String value) {
    try {
      return DurationStyle.detectAndParse(value);
    } catch (IllegalArgumentException | ArithmeticException noTime) {
      throw wrong(
          "%s takes a time such as 2026-11-26T14:00:00Z or 15m, not %s.".formatted(option, value));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
