package org.ticketing.tracker;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.function.Function;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Which transactions are asked for, as it stands in an address. What is empty does not matter.
 *
 * @param show {@code all}, {@code in-flight}, {@code in-doubt}, {@code failed}, or {@code slow}
 * @param find the id of a payment, an Xid, an idempotency key, a reservation, or a customer,
 *     without saying which
 * @param user the customer
 * @param after the {@code next} of the page before
 * @param size 1 to 1000
 */
record TransactionQuery(
    @Schema(example = "in-doubt") String show,
    String find,
    @Schema(format = "uuid") String user,
    @Schema(format = "uuid") String payment,
    @Schema(format = "uuid") String reservation,
    String xid,
    String key,
    @Schema(format = "date-time") String from,
    @Schema(format = "date-time") String to,
    String after,
    @Schema(example = "100") String size) {

  static final String ALL = "all";
  static final String IN_FLIGHT = "in-flight";

  private static final String DEFAULT_SIZE = "100";

  TransactionQuery {
    show = show == null || show.isBlank() ? ALL : show.strip();
    find = given(find);
    user = given(user);
    payment = given(payment);
    reservation = given(reservation);
    xid = given(xid);
    key = given(key);
    from = given(from);
    to = given(to);
    after = given(after);
    size = size == null || size.isBlank() ? DEFAULT_SIZE : size.strip();
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * Asks the payment service, in whatever way {@code find} says nothing about.
   *
   * @throws Refusal {@code invalid-request}
   */
  TransactionPage of(TransactionsApi transactions) {
    return transactions.list(
        show,
        id("user", user),
        id("payment", payment),
        id("reservation", reservation),
        xid,
        key,
        time("from", from),
        time("to", to),
        after,
        TransactionQuery.<Integer>parsed("size", size, Integer::valueOf, "a whole number"));
  }

  /** Whether it can be about one transaction alone, so that there is nothing beside it to watch. */
  boolean isForOne() {
    return payment != null || reservation != null || xid != null || key != null;
  }

  TransactionQuery showing(String other) {
    return new TransactionQuery(
        other, null, user, payment, reservation, xid, key, from, to, null, size);
  }

  /** The first page of it, of that size. */
  TransactionQuery first(int entries) {
    return new TransactionQuery(
        show, null, user, payment, reservation, xid, key, from, to, null, String.valueOf(entries));
  }

  /** The same with one field and the page alone; for {@link Search}. */
  TransactionQuery by(Search.Field field, String value, String page) {
    return new TransactionQuery(
        show,
        null,
        field == Search.Field.USER ? value : null,
        field == Search.Field.PAYMENT ? value : null,
        field == Search.Field.RESERVATION ? value : null,
        field == Search.Field.XID ? value : null,
        field == Search.Field.KEY ? value : null,
        from,
        to,
        page,
        size);
  }

  private static UUID id(String name, String value) {
    return parsed(name, value, UUID::fromString, "a UUID");
  }

  private static Instant time(String name, String value) {
    return parsed(name, value, Instant::parse, "a time such as 2026-11-26T18:30:00Z");
  }

  private static <T> T parsed(
      String name, String value, Function<String, T> reading, String expected) {
    if (value == null) {
      return null;
    }
    try {
      return reading.apply(value);
    } catch (IllegalArgumentException | DateTimeParseException unreadable) {
      throw new Refusal(Reason.INVALID_REQUEST, name + " must be " + expected + ".");
    }
  }
}
