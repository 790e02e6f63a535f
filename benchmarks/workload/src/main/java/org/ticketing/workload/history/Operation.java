package org.ticketing.workload.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.ticketing.payment.PaymentApi;
import org.ticketing.reservation.ReservationApi;

/**
 * A request to the public APIs and its answer. It lasts from just before the request to just after
 * the answer, in nanoseconds since the origin of the {@link History}. The schema in {@code
 * history.schema.json} documents every field.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = Operation.Charge.class, name = "charge"),
  @Type(value = Operation.Pay.class, name = "pay"),
  @Type(value = Operation.EntriesRead.class, name = "entries-read"),
  @Type(value = Operation.ReservationRead.class, name = "reservation-read"),
  @Type(value = Operation.PaymentsRead.class, name = "payments-read"),
  @Type(value = Operation.FailedRead.class, name = "failed-read")
})
public sealed interface Operation {

  long start();

  long end();

  /**
   * Points added to a wallet, its opening included. Charges of a user with the same key are one.
   *
   * @param answered whether it was confirmed; if not, it may have happened or not
   */
  record Charge(long start, long end, UUID user, String key, long amount, boolean answered)
      implements Operation {}

  /**
   * A request for a payment. Requests of a user with the same key are for one payment.
   *
   * @param client number of the client that sent it
   * @param amount the price of the reservation
   * @param reason why it was refused, has failed, or is unknown; null when completed
   * @param payment its id where the answer told it, else null
   */
  record Pay(
      long start,
      long end,
      int client,
      String key,
      UUID user,
      UUID reservation,
      long amount,
      Outcome outcome,
      String reason,
      UUID payment)
      implements Operation {

    /**
     * Why the outcome is unknown of a payment that was accepted, and whose end its client has not
     * learnt. The payment is recorded.
     */
    public static final String ACCEPTED = "accepted";

    /** Why a payment is refused whose hold has run out. */
    public static final String EXPIRED = "reservation-expired";

    /** Why a payment is refused whose schedule was cancelled, or has begun. */
    private static final String NOT_ON_SALE = "not-on-sale";

    /** Why a payment is refused whose reservation has another price than it was told. */
    private static final String PRICE_CHANGED = "price-changed";

    /** Refusals that decide the payment; others, such as that of a token, do not look at it. */
    private static final Set<String> REFUSED_FOR_GOOD =
        Set.of(
            "unknown-user",
            "user-withdrawn",
            "unknown-reservation",
            "not-your-reservation",
            "reservation-not-held",
            PRICE_CHANGED,
            NOT_ON_SALE,
            EXPIRED,
            "insufficient-points");

    private static final Set<String> LATE = Set.of(EXPIRED, NOT_ON_SALE, PRICE_CHANGED);

    private static final Set<String> FAILED_FOR_GOOD =
        Set.of("service-unavailable", "payment-cancelled");

    /** Whether a rule decided that the payment does not happen. */
    @JsonIgnore
    public boolean isRefused() {
      return outcome == Outcome.REFUSED && isFinal(outcome, reason);
    }

    /** Whether it was refused when its reservation was to be completed: after points were used. */
    @JsonIgnore
    public boolean isRefusedLate() {
      return isRefused() && LATE.contains(reason);
    }

    /**
     * Whether the system said that nothing comes of the payment, because of a rule or a failure.
     */
    @JsonIgnore
    public boolean cameToNothing() {
      return outcome != Outcome.COMPLETED && isFinal(outcome, reason);
    }

    /**
     * Whether such an answer tells what became of the payment, also if it was asked for before with
     * the same key. A request that never left the client has failed, and tells nothing of an
     * earlier one.
     */
    public static boolean isFinal(Outcome outcome, String reason) {
      return switch (outcome) {
        case COMPLETED -> true;
        case REFUSED -> REFUSED_FOR_GOOD.contains(reason);
        case FAILED -> FAILED_FOR_GOOD.contains(reason);
        case UNKNOWN -> false;
      };
    }

    /** Whether a problem detail of this type promises that nothing remains of the payment. */
    public static boolean isFailure(String type) {
      return FAILED_FOR_GOOD.contains(type);
    }
  }

  /**
   * The latest entries of a wallet.
   *
   * @param uses payments with an entry of use, without those that this reader was done with before
   * @param refunds payments with an entry of refund, without the same
   */
  record EntriesRead(
      long start, long end, int reader, UUID user, List<UUID> uses, List<UUID> refunds)
      implements Operation {

    /** Whether points are seen used for this payment and not given back. */
    public boolean showsUseOf(UUID payment) {
      return uses.contains(payment) && !refunds.contains(payment);
    }

    /** The same, of this payment only. */
    public EntriesRead of(UUID payment) {
      return new EntriesRead(start, end, reader, user, only(payment, uses), only(payment, refunds));
    }

    private static List<UUID> only(UUID payment, List<UUID> payments) {
      return payments.stream().filter(payment::equals).toList();
    }
  }

  /**
   * A reservation as it was read.
   *
   * @param payment the payment that is paying or has paid it, also if it was refunded; else null
   */
  record ReservationRead(
      long start,
      long end,
      int reader,
      UUID reservation,
      ReservationApi.Status status,
      UUID payment)
      implements Operation {

    /** Whether a payment has confirmed it, also if it was refunded since. */
    @JsonIgnore
    public boolean isConfirmed() {
      return status == ReservationApi.Status.CONFIRMED
          || status == ReservationApi.Status.CANCELLED && payment != null;
    }
  }

  /** Payments of a user as the payment service lists them after everything settled. */
  record PaymentsRead(long start, long end, UUID user, List<ListedPayment> payments)
      implements Operation {

    /** The same, of some reservations only. */
    public PaymentsRead of(Set<UUID> reservations) {
      return new PaymentsRead(
          start,
          end,
          user,
          payments.stream().filter(one -> reservations.contains(one.reservation())).toList());
    }
  }

  record ListedPayment(UUID payment, UUID reservation, PaymentApi.Status status) {}

  /**
   * A reader got no answer.
   *
   * @param reservation null when it was the wallet's entries that could not be read
   */
  record FailedRead(long start, long end, int reader, UUID user, UUID reservation, String failure)
      implements Operation {}
}
