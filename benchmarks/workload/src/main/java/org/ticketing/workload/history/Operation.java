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
 * Something that somebody outside did through the public APIs, from just before the request to just
 * after the answer, in nanoseconds since the origin of the {@link History}. The schema in {@code
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
   * A payment asked for. Those of a user with the same key are one payment, asked for again.
   *
   * @param client number of the client that sent it
   * @param amount the price of the reservation
   * @param reason why it was refused or is unanswered; null when completed
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

    private static final Set<String> FINAL_REASONS =
        Set.of(
            "unknown-user",
            "user-withdrawn",
            "unknown-reservation",
            "not-your-reservation",
            "reservation-not-held",
            "reservation-expired",
            "insufficient-points");

    /** Refused for good: it has not happened, and will not. */
    @JsonIgnore
    public boolean isRefused() {
      return outcome == Outcome.REFUSED && isFinal(reason);
    }

    /** Whether a refusal with this reason is the last word; others only say "not now". */
    public static boolean isFinal(String reason) {
      return FINAL_REASONS.contains(reason);
    }
  }

  /**
   * The latest entries of a wallet.
   *
   * @param uses payments that are seen to have used points, without those that this reader was done
   *     with before
   * @param refunds payments whose points are seen to have come back, without the same
   */
  record EntriesRead(
      long start, long end, int reader, UUID user, List<UUID> uses, List<UUID> refunds)
      implements Operation {

    /** Whether points are seen used for this payment and not given back. */
    public boolean showsUseOf(UUID payment) {
      return uses.contains(payment) && !refunds.contains(payment);
    }
  }

  /**
   * @param payment the payment that is paying or has paid it, else null
   */
  record ReservationRead(
      long start,
      long end,
      int reader,
      UUID reservation,
      ReservationApi.Status status,
      UUID payment)
      implements Operation {

    @JsonIgnore
    public boolean isConfirmed() {
      return status == ReservationApi.Status.CONFIRMED;
    }
  }

  /** Payments of a user as the payment service lists them after everything settled. */
  record PaymentsRead(long start, long end, UUID user, List<ListedPayment> payments)
      implements Operation {

    /** Those of some reservations only. */
    PaymentsRead of(Set<UUID> reservations) {
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
