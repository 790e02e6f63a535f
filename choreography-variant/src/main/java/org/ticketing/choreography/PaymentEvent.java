package org.ticketing.choreography;

import java.util.Optional;
import java.util.UUID;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Something that has happened to a payment, as one reader is told it. It carries what the payment
 * is about, so that nobody has to ask.
 *
 * @param number in the outbox that it is from; 0 if it is in none yet
 * @param reader the service that is told; null if it is not recorded for one yet
 * @param kind the name of an {@link EventKind}; another one, if its publisher is of a later version
 * @param amount in points
 * @param reason why the payment fails; null if it does not
 * @param detail the same for a person
 * @param trace what the reaction is a part of; null if that is nothing
 */
record PaymentEvent(
    long number,
    String reader,
    String kind,
    UUID paymentId,
    UUID userId,
    UUID reservationId,
    long amount,
    String reason,
    String detail,
    String trace) {

  static PaymentEvent of(EventKind kind, PaymentCommand payment) {
    return of(
        kind, payment.paymentId(), payment.userId(), payment.reservationId(), payment.amount());
  }

  static PaymentEvent of(
      EventKind kind, UUID paymentId, UUID userId, UUID reservationId, long amount) {
    return new PaymentEvent(
        0, null, kind.name(), paymentId, userId, reservationId, amount, null, null, Phases.trace());
  }

  /**
   * @throws IllegalArgumentException this version knows no such kind
   */
  EventKind knownKind() {
    return EventKind.valueOf(kind);
  }

  /** What follows from it, for the same reason. */
  PaymentEvent next(EventKind next) {
    return because(next, reason, detail);
  }

  /** What follows from it, because of that refusal. */
  PaymentEvent next(EventKind next, Refusal why) {
    return because(next, why.reason().id(), why.getMessage());
  }

  /** A refusal is told when its phase is over, and is a part of what the refused event was. */
  private PaymentEvent because(EventKind next, String reason, String detail) {
    return new PaymentEvent(
        0,
        null,
        next.name(),
        paymentId,
        userId,
        reservationId,
        amount,
        reason,
        detail,
        Optional.ofNullable(Phases.trace()).orElse(trace));
  }

  PaymentEvent forReader(String reader) {
    return recorded(number, reader);
  }

  PaymentEvent numbered(long number) {
    return recorded(number, reader);
  }

  private PaymentEvent recorded(long number, String reader) {
    return new PaymentEvent(
        number, reader, kind, paymentId, userId, reservationId, amount, reason, detail, trace);
  }

  /**
   * Why the payment fails.
   *
   * @throws IllegalArgumentException it does not say so
   */
  Refusal refusal() {
    return new Refusal(
        Reason.of(String.valueOf(reason))
            .orElseThrow(() -> new IllegalArgumentException("there is no reason " + reason)),
        detail);
  }

  /** As in logs. */
  @Override
  public String toString() {
    return "%s of payment %s to %s".formatted(kind, paymentId, reader);
  }
}
