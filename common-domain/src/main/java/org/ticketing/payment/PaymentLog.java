package org.ticketing.payment;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.platform.tracking.TransactionState;

/**
 * What the log of transactions has of a payment in every system: its begin, with what was asked
 * for, and its end as the customer is told it. Protocols add what lies in between.
 */
@Component
class PaymentLog {

  private static final String ORDER = "user %s pays reservation %s with key %s";

  private static final Pattern ORDERED =
      Pattern.compile(ORDER.formatted("(\\S{36})", "(\\S{36})", "(.+)"));

  private final TransactionLog log;
  private final Clock clock;

  PaymentLog(TransactionLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Carries an attempt out. What it throws is thrown on. */
  Receipt write(UUID paymentId, Order order, Supplier<Receipt> attempt) {
    log.changed(paymentId, null, null, TransactionState.WORKING, cause(order));
    try {
      Receipt receipt = attempt.get();
      ended(paymentId, TransactionState.COMPLETED, null);
      return receipt;
    } catch (Refusal refusal) {
      ended(
          paymentId,
          refusal.reason() == Reason.PAYMENT_IN_PROGRESS
              ? TransactionState.UNKNOWN
              : TransactionState.UNDONE,
          refusal.reason().id() + ": " + refusal.getMessage());
      throw refusal;
    } catch (ServiceUnavailable repeated) {
      ended(paymentId, TransactionState.UNDONE, repeated.getMessage());
      throw repeated;
    } catch (DuplicatePayment other) {
      ended(paymentId, TransactionState.UNDONE, "another payment has the key");
      throw other;
    } catch (RuntimeException | Error failure) {
      ended(paymentId, TransactionState.UNKNOWN, failure.toString());
      throw failure;
    }
  }

  private void ended(UUID paymentId, TransactionState state, String cause) {
    log.changed(
        paymentId, LogField.XID.value().orElse(null), TransactionState.WORKING, state, cause);
  }

  /** The customer has sent the same key again, and is told what the record says. */
  void askedAgain(UUID paymentId) {
    log.phase(paymentId, null, "asked again", "payment", clock.instant(), Duration.ZERO, null);
  }

  private static String cause(Order order) {
    return ORDER.formatted(order.userId(), order.reservationId(), order.key());
  }

  /** What was asked for, out of the cause of a begin. */
  static Optional<Order> order(String cause) {
    Matcher ordered = ORDERED.matcher(cause == null ? "" : cause);
    return ordered.matches()
        ? Optional.of(
            new Order(
                UUID.fromString(ordered.group(1)),
                ordered.group(3),
                UUID.fromString(ordered.group(2))))
        : Optional.empty();
  }
}
