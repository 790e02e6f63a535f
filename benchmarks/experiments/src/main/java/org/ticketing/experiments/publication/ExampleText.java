package org.ticketing.experiments.publication;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ticketing.workload.history.Operation;
import org.ticketing.workload.history.Operation.Charge;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.FailedRead;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;

/** A small history as a table: who asked for what, and was told what, when. */
final class ExampleText {

  private static final int SHORT = 8;

  private ExampleText() {}

  static String of(Example example) {
    List<Operation> operations = example.history().operations();
    long origin = operations.stream().mapToLong(Operation::start).min().orElse(0);
    MarkdownTable table = new MarkdownTable(List.of("ms", "who", "asks", "is told"));
    for (Operation operation : operations) {
      table.add(
          List.of(
              "%s-%s"
                  .formatted(millis(operation.start() - origin), millis(operation.end() - origin)),
              who(operation),
              asks(operation),
              told(operation)));
    }
    return table.toString();
  }

  private static String who(Operation operation) {
    if (operation instanceof EntriesRead read) {
      return "reader " + read.reader();
    }
    if (operation instanceof ReservationRead read) {
      return "reader " + read.reader();
    }
    return operation instanceof PaymentsRead ? "the audit, at the end" : "customer";
  }

  private static String asks(Operation operation) {
    if (operation instanceof Charge charge) {
      return "charge %d points".formatted(charge.amount());
    }
    if (operation instanceof Pay pay) {
      return "pay %d points for reservation %s".formatted(pay.amount(), id(pay.reservation()));
    }
    if (operation instanceof EntriesRead) {
      return "the entries of the wallet";
    }
    if (operation instanceof ReservationRead read) {
      return "reservation " + id(read.reservation());
    }
    return operation instanceof PaymentsRead ? "the payments of the customer" : "something";
  }

  private static String told(Operation operation) {
    if (operation instanceof Charge charge) {
      return charge.answered() ? "charged" : "no answer";
    }
    if (operation instanceof Pay pay) {
      return pay.outcome().name().toLowerCase(Locale.ROOT)
          + (pay.reason() == null ? "" : ": " + pay.reason())
          + (pay.payment() == null ? "" : ", payment " + id(pay.payment()));
    }
    if (operation instanceof EntriesRead read) {
      return "points used for payment "
          + read.uses().stream().map(ExampleText::id).collect(Collectors.joining(", "))
          + (read.refunds().isEmpty() ? ", not given back" : ", and given back");
    }
    if (operation instanceof ReservationRead read) {
      return read.status() + (read.payment() == null ? "" : ", by payment " + id(read.payment()));
    }
    if (operation instanceof PaymentsRead read) {
      return read.payments().stream()
          .map(one -> "payment %s: %s".formatted(id(one.payment()), one.status()))
          .collect(Collectors.joining(", "));
    }
    return operation instanceof FailedRead read ? read.failure() : "";
  }

  /** The first digits of an identifier, which tell those of a small history apart. */
  private static String id(UUID id) {
    return Text.code(id.toString().substring(0, SHORT));
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
  }
}
