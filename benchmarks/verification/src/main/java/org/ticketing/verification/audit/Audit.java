package org.ticketing.verification.audit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.ticketing.verification.audit.Books.PaymentRow;
import org.ticketing.verification.audit.Books.PointRow;
import org.ticketing.verification.audit.Books.ReservationRow;
import org.ticketing.verification.audit.Books.WalletRow;
import org.ticketing.verification.audit.Violation.Kind;

/**
 * The definition of consistency, checked in the databases themselves:
 *
 * <ul>
 *   <li>a COMPLETED payment has exactly one net use of its points, of its amount and out of its
 *       user's wallet, and its reservation is CONFIRMED by it;
 *   <li>a payment that is not COMPLETED, or is not recorded at all, has neither, and no partner is
 *       told of it;
 *   <li>a wallet's balance is the sum of its entries, and what is reserved in it the sum of its
 *       point reservations;
 *   <li>a seat has at most one live reservation.
 * </ul>
 */
public final class Audit {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final SystemDatabases databases;

  public Audit(SystemDatabases databases) {
    this.databases = databases;
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
    try {
      Books books = Books.read(databases);
      return new AuditReport(books.payments().size(), violations(books), InDoubt.count(databases));
    } catch (SQLException failure) {
      throw new AuditException("The audit could not read a database: " + failure.getMessage());
    }
  }

  private Map<String, Long> inDoubt() {
    try {
      return InDoubt.count(databases);
    } catch (SQLException failure) {
      throw new AuditException("The audit could not read a database: " + failure.getMessage());
    }
  }

  private static List<Violation> violations(Books books) {
    List<Violation> found = new ArrayList<>();
    Map<UUID, List<PointRow>> pointsOf = new HashMap<>();
    for (PointRow row : books.paymentPoints()) {
      pointsOf.computeIfAbsent(row.paymentId(), id -> new ArrayList<>()).add(row);
    }
    Map<UUID, List<ReservationRow>> confirmedBy = new HashMap<>();
    for (ReservationRow row : books.reservations()) {
      if (row.isConfirmed() && row.paymentId() != null) {
        confirmedBy.computeIfAbsent(row.paymentId(), id -> new ArrayList<>()).add(row);
      }
    }

    Set<UUID> completed = new HashSet<>();
    for (PaymentRow payment : books.payments()) {
      if (payment.isCompleted()) {
        completed.add(payment.id());
        checkPoints(payment, pointsOf.getOrDefault(payment.id(), List.of()), found);
        checkReservation(payment, confirmedBy.getOrDefault(payment.id(), List.of()), found);
      }
    }
    pointsOf.forEach(
        (paymentId, rows) -> {
          if (!completed.contains(paymentId) && netUse(rows) != 0) {
            found.add(
                new Violation(Kind.POINTS_WITHOUT_PAYMENT, paymentId, netUse(rows) + " points"));
          }
        });
    confirmedBy.forEach(
        (paymentId, rows) -> {
          if (!completed.contains(paymentId)) {
            found.add(
                new Violation(
                    Kind.RESERVATION_WITHOUT_PAYMENT,
                    paymentId,
                    "reservation " + rows.get(0).id()));
          }
        });
    books.reservations().stream()
        .filter(row -> row.isConfirmed() && row.paymentId() == null)
        .forEach(
            row ->
                found.add(
                    new Violation(
                        Kind.RESERVATION_WITHOUT_PAYMENT,
                        row.id(),
                        "confirmed without naming a payment")));
    books.sales().stream()
        .filter(paymentId -> !completed.contains(paymentId))
        .forEach(
            paymentId ->
                found.add(new Violation(Kind.SALE_WITHOUT_PAYMENT, paymentId, "told to partners")));
    checkWallets(books, found);
    checkSeats(books, found);
    return found;
  }

  private static void checkPoints(PaymentRow payment, List<PointRow> rows, List<Violation> found) {
    long uses = rows.stream().filter(PointRow::isUse).count();
    long refunds = rows.size() - uses;
    boolean ownWallet = rows.stream().allMatch(row -> row.userId().equals(payment.userId()));
    if (uses != 1 || refunds != 0 || !ownWallet || netUse(rows) != payment.amount()) {
      found.add(
          new Violation(
              Kind.COMPLETED_WITHOUT_POINTS,
              payment.id(),
              "%d of %d points used in %d uses and %d refunds%s"
                  .formatted(
                      netUse(rows),
                      payment.amount(),
                      uses,
                      refunds,
                      ownWallet ? "" : ", from another user's wallet")));
    }
  }

  private static void checkReservation(
      PaymentRow payment, List<ReservationRow> rows, List<Violation> found) {
    if (rows.size() != 1 || !rows.get(0).id().equals(payment.reservationId())) {
      found.add(
          new Violation(
              Kind.COMPLETED_WITHOUT_RESERVATION,
              payment.id(),
              "reservation " + payment.reservationId()));
    }
  }

  private static void checkWallets(Books books, List<Violation> found) {
    for (WalletRow wallet : books.wallets()) {
      if (wallet.balance() != wallet.entries() || wallet.reserved() != wallet.reservations()) {
        found.add(
            new Violation(
                Kind.WALLET_OUT_OF_BALANCE,
                wallet.userId(),
                "balance %d, entries %d; reserved %d, reservations %d"
                    .formatted(
                        wallet.balance(),
                        wallet.entries(),
                        wallet.reserved(),
                        wallet.reservations())));
      }
    }
  }

  private static void checkSeats(Books books, List<Violation> found) {
    books.reservations().stream()
        .filter(ReservationRow::isLive)
        .collect(groupingBy(ReservationRow::seatId, counting()))
        .forEach(
            (seatId, live) -> {
              if (live > 1) {
                found.add(new Violation(Kind.SEAT_SOLD_TWICE, seatId, live + " live reservations"));
              }
            });
  }

  private static long netUse(List<PointRow> rows) {
    return -rows.stream().mapToLong(PointRow::amount).sum();
  }
}
