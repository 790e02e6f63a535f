package org.ticketing.payment;

import java.time.Instant;
import java.util.Comparator;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.Cursor;

/**
 * The place of a transaction in lists: the latest comes first. Those that began at the same time
 * are in the order of their ids as text, which for UUIDs is the order that PostgreSQL has.
 *
 * @param id of the payment, or an Xid
 */
record Place(Instant at, String id) implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::at).thenComparing(Place::id).reversed();

  static Place of(TransactionSummary transaction) {
    Instant at = transaction.startedAt() == null ? Instant.EPOCH : transaction.startedAt();
    String id =
        transaction.payment() == null ? transaction.xid() : transaction.payment().toString();
    return new Place(at, id);
  }

  /** Null if there is no cursor. */
  static Place read(String cursor) {
    return Cursor.read(cursor, parts -> new Place(Instant.parse(parts[0]), parts[1]));
  }

  String cursor() {
    return Cursor.of(at, id);
  }

  /**
   * Whether it follows the other.
   *
   * @param other null for the place before all
   */
  boolean isAfter(Place other) {
    return other == null || compareTo(other) > 0;
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
