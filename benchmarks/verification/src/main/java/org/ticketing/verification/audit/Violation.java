package org.ticketing.verification.audit;

import java.util.UUID;

/**
 * A promise that the databases show to be broken.
 *
 * @param subject the payment, reservation, user (also for their wallet) or seat
 */
public record Violation(Kind kind, UUID subject, String detail) {

  /** What can be broken. Checked in {@link Audit}. */
  public enum Kind {
    COMPLETED_WITHOUT_POINTS("completed payment whose points were not used exactly once"),
    COMPLETED_WITHOUT_RESERVATION("completed payment whose reservation is not confirmed by it"),
    COMPLETED_WITHOUT_SALE("completed payment whose sale no partner is told of"),
    QUEUE_TOKEN_LEFT("completed payment whose customer kept the queue token for it"),
    ACCEPTED_AND_LOST("accepted payment that nobody makes any more"),
    ENDED_OTHERWISE("accepted payment that ended otherwise than its record says"),
    AMOUNT_DIFFERS_FROM_PRICE("completed payment of another amount than the reservation's price"),
    PAYER_IS_NOT_OWNER("completed payment by another user than the reservation's owner"),
    POINTS_WITHOUT_PAYMENT("points used for a payment that did not complete"),
    REFUND_DIFFERS_FROM_USE(
        "refund to another wallet than the points were used from, or of another amount"),
    RESERVATION_WITHOUT_PAYMENT("reservation confirmed by a payment that did not complete"),
    SALE_WITHOUT_PAYMENT("sale told to partners whose payment did not complete"),
    CHARGE_LOST("charge that a client was told of and that is not in the wallet"),
    CHARGE_WITHOUT_REQUEST("charge in the wallet that no client asked for"),
    ENTRY_OF_NO_KIND("point entry that is neither a charge nor the use or refund of a payment"),
    WALLET_OUT_OF_BALANCE(
        "wallet that differs from the sum of its entries or of its point reservations"),
    WALLET_OVERDRAWN("wallet with fewer points than it has reserved, or with fewer than none"),
    SEAT_SOLD_TWICE("seat with more than one live reservation"),
    CANCELLED_AND_NOT_REFUNDED("completed payment for a cancelled schedule that is not refunded"),
    REFUNDED_AND_NOT_CANCELLED("refunded payment for a schedule that is not cancelled"),
    REFUNDED_IN_PART(
        "refunded payment whose points or reservation were not given back exactly once"),
    CANCELLED_AND_LIVE("live reservation of a cancelled schedule"),
    WITHDRAWN_WITH_POINTS("withdrawn user with points that no refund has given back since"),
    WITHDRAWN_WITH_RESERVATION("withdrawn user with a seat that is held, or a ticket to come"),
    WITHDRAWN_AND_OPEN("withdrawn user who could still charge a wallet or hold a seat"),
    ACTIVE_AND_CLOSED("active user who can charge no wallet or hold no seat");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    public String meaning() {
      return meaning;
    }
  }

  @Override
  public String toString() {
    return "%s %s: %s".formatted(kind, subject, detail);
  }
}
