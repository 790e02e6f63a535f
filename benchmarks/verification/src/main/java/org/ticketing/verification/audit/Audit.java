package org.ticketing.verification.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ticketing.stack.process.StackException;
import org.ticketing.workload.history.History;

/**
 * The definition of consistency, checked in the databases themselves:
 *
 * <ul>
 *   <li>a COMPLETED payment has exactly one net use of its points, of its amount and out of its
 *       user's wallet, and its reservation is CONFIRMED by it;
 *   <li>its amount is the reservation's price, and its user is the reservation's owner;
 *   <li>what follows it has happened, or its follow-up is still there: its sale is recorded for
 *       partners, and the queue token that its user had for the schedule is at an end;
 *   <li>a payment that is not COMPLETED, or is not recorded at all, has neither points nor a
 *       reservation, and no partner is told of it;
 *   <li>a payment that was accepted is in the queue of accepted payments until it is recorded, and
 *       what the queue says of its end is what the record says;
 *   <li>points that are given back go to the wallet that they were used from, all of them;
 *   <li>a charge that a client was told of is in the wallet, once, and no charge is there that no
 *       client asked for;
 *   <li>a wallet's balance is the sum of its entries, each a charge or the use or refund of a
 *       payment, and what is reserved in it the sum of its point reservations; neither is less than
 *       0, nor is more reserved than there is;
 *   <li>a seat has at most one live reservation;
 *   <li>a cancelled schedule has no live reservation, and every payment for it that completed is
 *       refunded: its points are given back once, its reservation is CANCELLED and still names it,
 *       and partners are told of a cancellation after the sale. No other payment is refunded;
 *   <li>a user who has withdrawn has no points but what was refunded, and neither a seat that is
 *       held nor a ticket for what has not begun; wallet and customer are closed, and those of
 *       active users are not.
 * </ul>
 *
 * <p>The databases are read one after the other, and payments may be under way meanwhile. Two
 * things keep the audit sound all the same.
 *
 * <ul>
 *   <li>It reports what it finds in two readings, one after the other, alike. What was the same in
 *       both was so in all databases at once, at the moment between them. A payment that changed
 *       meanwhile is not reported.
 *   <li>It counts what is in doubt before it reads. If nothing is, and no client waits for an
 *       answer, nothing changes any more, and the first reading shows all that is wrong.
 * </ul>
 *
 * <p>What begins to be wrong during the audit may be missed by it, and is found by the next. What
 * is found beside something in doubt may still be put right.
 */
public final class Audit {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final SystemDatabases databases;
  private final History history;
  private final Reading reading;

  /** Reads the books. */
  interface Reading {
    Books of(SystemDatabases databases) throws SQLException;
  }

  /** An audit that knows of no charge. */
  public Audit(SystemDatabases databases) {
    this(databases, new History("unrecorded"));
  }

  /**
   * @param history records all charges of the customers in it, and may grow between audits
   */
  public Audit(SystemDatabases databases, History history) {
    this(databases, history, Books::read);
  }

  Audit(SystemDatabases databases, History history, Reading reading) {
    this.databases = databases;
    this.history = history;
    this.reading = reading;
  }

  /** What it counts of what is in doubt, in the words of its reports. */
  public List<String> counted() {
    return InDoubt.counted(databases);
  }

  /**
   * Audits once nothing is in doubt any more, or the patience is at an end.
   *
   * @throws AuditException a database could not be read
   */
  public AuditReport afterSettling(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!inDoubt().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    return now();
  }

  /**
   * Audits what the databases hold now.
   *
   * @throws AuditException a database could not be read
   */
  public AuditReport now() {
    Map<String, Long> inDoubt = inDoubt();
    try {
      Charges charges = Charges.in(history);
      Books books = reading.of(databases);
      List<Violation> found = Examination.of(books, charges);
      if (!found.isEmpty()) {
        charges = Charges.in(history);
        Set<Violation> again = Set.copyOf(Examination.of(reading.of(databases), charges));
        found = found.stream().filter(again::contains).toList();
      }
      return new AuditReport(books.payments().size(), found, inDoubt);
    } catch (SQLException failure) {
      throw AuditException.unreadable(failure);
    }
  }

  /**
   * Counts what is neither done nor undone now, payments under way included, by where it waits;
   * only what is not 0.
   *
   * @throws AuditException a database or a coordinator's server gives no answer
   */
  public Map<String, Long> inDoubt() {
    try {
      return InDoubt.count(databases);
    } catch (SQLException failure) {
      throw AuditException.unreadable(failure);
    } catch (StackException failure) {
      throw new AuditException("The audit could not be made: " + failure.getMessage());
    }
  }
}
