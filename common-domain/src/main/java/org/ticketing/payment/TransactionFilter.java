package org.ticketing.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.tracking.TransactionState;

/**
 * Which transactions are listed: those for which all of this holds that is not null.
 *
 * @param from of their begin, included
 * @param to of their begin, not included
 */
record TransactionFilter(
    Show show,
    UUID user,
    UUID payment,
    UUID reservation,
    String xid,
    String key,
    Instant from,
    Instant to) {

  /** What takes longer than this is slow. The index of slow payments has the same limit. */
  static final Duration SLOW = Duration.ofSeconds(1);

  enum Show {
    ALL,
    IN_FLIGHT,
    IN_DOUBT,
    FAILED,
    SLOW;

    /**
     * @throws Refusal {@code invalid-request} if it is none of them
     */
    static Show of(String text) {
      return Arrays.stream(values())
          .filter(show -> show.text().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new Refusal(
                      Reason.INVALID_REQUEST,
                      "show must be one of "
                          + Arrays.stream(values())
                              .map(Show::text)
                              .collect(Collectors.joining(", "))
                          + "."));
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether all of them are unfinished. */
    boolean isOfUnfinished() {
      return this == IN_FLIGHT || this == IN_DOUBT;
    }
  }

  /** The same, of one payment alone. */
  TransactionFilter of(UUID payment) {
    return new TransactionFilter(show, user, payment, reservation, xid, key, from, to);
  }

  /**
   * Whether a transaction is one of them that is not recorded, or not finished.
   *
   * @param now by which it is slow, if it is under way
   */
  boolean shows(TransactionSummary transaction, Instant now) {
    return isOf(transaction)
        && switch (show) {
          case ALL -> true;
          case IN_FLIGHT -> !transaction.state().isFinal();
          case IN_DOUBT -> isInDoubt(transaction);
          case FAILED -> Outcome.FAILED.is(transaction.outcome());
          case SLOW ->
              !transaction.state().isFinal()
                  && transaction.startedAt() != null
                  && transaction.startedAt().plus(SLOW).isBefore(now);
        };
  }

  /** Whether participants still have to be told, or the decision is unknown. */
  static boolean isInDoubt(TransactionSummary transaction) {
    return transaction.state() == TransactionState.COMPLETING
        || transaction.state() == TransactionState.UNDOING
        || transaction.state() == TransactionState.UNKNOWN;
  }

  private boolean isOf(TransactionSummary transaction) {
    return isWanted(user, transaction.user())
        && isWanted(payment, transaction.payment())
        && isWanted(reservation, transaction.reservation())
        && isWanted(xid, transaction.xid())
        && isWanted(key, transaction.key())
        && (from == null
            || transaction.startedAt() != null && !transaction.startedAt().isBefore(from))
        && (to == null || transaction.startedAt() != null && transaction.startedAt().isBefore(to));
  }

  private static boolean isWanted(Object wanted, Object value) {
    return wanted == null || wanted.equals(value);
  }
}
