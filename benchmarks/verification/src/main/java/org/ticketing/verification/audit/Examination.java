package org.ticketing.verification.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.ticketing.verification.audit.Books.ChargeRow;
import org.ticketing.verification.audit.Books.PaymentRow;
import org.ticketing.verification.audit.Books.PointRow;
import org.ticketing.verification.audit.Books.ReservationRow;
import org.ticketing.verification.audit.Books.SaleRow;
import org.ticketing.verification.audit.Books.WalletRow;
import org.ticketing.verification.audit.Violation.Kind;

/** Looks for everything that {@link Audit} defines to be wrong, in one reading of the books. */
final class Examination {

  private final Books books;
  private final Map<UUID, PaymentRow> completed;
  private final Map<UUID, List<PointRow>> pointsOf;
  private final Map<UUID, ReservationRow> reservations;
  private final Map<UUID, List<ReservationRow>> confirmedBy;
  private final Map<UUID, List<SaleRow>> salesOf;
  private final List<Violation> found = new ArrayList<>();

  private Examination(Books books) {
    this.books = books;
    this.completed =
        books.payments().stream()
            .filter(PaymentRow::isCompleted)
            .collect(toMap(PaymentRow::id, Function.identity()));
    this.pointsOf = books.paymentPoints().stream().collect(groupingBy(PointRow::paymentId));
    this.reservations =
        books.reservations().stream().collect(toMap(ReservationRow::id, Function.identity()));
    this.confirmedBy =
        books.reservations().stream()
            .filter(row -> row.isConfirmed() && row.paymentId() != null)
            .collect(groupingBy(ReservationRow::paymentId));
    this.salesOf = books.sales().stream().collect(groupingBy(SaleRow::paymentId));
  }

  /**
   * What is wrong in the books.
   *
   * @param chargesTold the charges that clients were told of
   */
  static List<Violation> of(Books books, Set<ChargeRow> chargesTold) {
    Examination examination = new Examination(books);
    examination.completed.values().forEach(examination::checkCompleted);
    examination.checkNotCompleted();
    examination.checkCharges(chargesTold);
    books.wallets().forEach(examination::checkWallet);
    examination.checkSeats();
    return examination.found;
  }

  private void checkCompleted(PaymentRow payment) {
    checkPoints(payment, pointsOf.getOrDefault(payment.id(), List.of()));
    List<ReservationRow> confirmed = confirmedBy.getOrDefault(payment.id(), List.of());
    if (confirmed.size() != 1 || !confirmed.get(0).id().equals(payment.reservationId())) {
      add(
          Kind.COMPLETED_WITHOUT_RESERVATION,
          payment.id(),
          "reservation " + payment.reservationId());
    }
    ReservationRow reservation = reservations.get(payment.reservationId());
    if (reservation != null) {
      checkAgainst(reservation, payment);
    }
  }

  private void checkPoints(PaymentRow payment, List<PointRow> rows) {
    long uses = rows.stream().filter(PointRow::isUse).count();
    long refunds = rows.size() - uses;
    boolean ownWallet = rows.stream().allMatch(row -> row.userId().equals(payment.userId()));
    if (uses != 1 || refunds != 0 || !ownWallet || netUse(rows) != payment.amount()) {
      add(
          Kind.COMPLETED_WITHOUT_POINTS,
          payment.id(),
          "%d of %d points used in %d uses and %d refunds%s"
              .formatted(
                  netUse(rows),
                  payment.amount(),
                  uses,
                  refunds,
                  ownWallet ? "" : ", from another user's wallet"));
    }
  }

  private void checkAgainst(ReservationRow reservation, PaymentRow payment) {
    if (payment.amount() != reservation.price()) {
      add(
          Kind.AMOUNT_DIFFERS_FROM_PRICE,
          payment.id(),
          "%d paid, price %d".formatted(payment.amount(), reservation.price()));
    }
    if (!payment.userId().equals(reservation.userId())) {
      add(
          Kind.PAYER_IS_NOT_OWNER,
          payment.id(),
          "paid by %s, reserved by %s".formatted(payment.userId(), reservation.userId()));
    }
    List<SaleRow> sales = salesOf.getOrDefault(payment.id(), List.of());
    if (!payment.hasFollowUp() && (sales.size() != 1 || !sales.get(0).isOf(reservation))) {
      add(
          Kind.COMPLETED_WITHOUT_SALE,
          payment.id(),
          sales.isEmpty() ? "no partner is told" : "partners are told of another sale");
    }
  }

  private void checkNotCompleted() {
    pointsOf.forEach(
        (paymentId, rows) -> {
          if (!completed.containsKey(paymentId)) {
            checkGivenBack(paymentId, rows);
          }
        });
    confirmedBy.forEach(
        (paymentId, rows) -> {
          if (!completed.containsKey(paymentId)) {
            add(Kind.RESERVATION_WITHOUT_PAYMENT, paymentId, "reservation " + rows.get(0).id());
          }
        });
    books.reservations().stream()
        .filter(row -> row.isConfirmed() && row.paymentId() == null)
        .forEach(
            row ->
                add(
                    Kind.RESERVATION_WITHOUT_PAYMENT,
                    row.id(),
                    "confirmed without naming a payment"));
    salesOf.keySet().stream()
        .filter(paymentId -> !completed.containsKey(paymentId))
        .forEach(paymentId -> add(Kind.SALE_WITHOUT_PAYMENT, paymentId, "told to partners"));
  }

  /** A refund of nothing gives nothing back: it is a tombstone. */
  private void checkGivenBack(UUID paymentId, List<PointRow> rows) {
    List<PointRow> uses = rows.stream().filter(PointRow::isUse).toList();
    List<PointRow> refunds =
        rows.stream().filter(row -> !row.isUse() && row.amount() != 0).toList();
    if (refunds.isEmpty()) {
      if (netUse(rows) != 0) {
        add(Kind.POINTS_WITHOUT_PAYMENT, paymentId, netUse(rows) + " points");
      }
    } else if (uses.size() != 1 || refunds.size() != 1 || !refunds.get(0).undoes(uses.get(0))) {
      add(
          Kind.REFUND_DIFFERS_FROM_USE,
          paymentId,
          "used %s, refunded %s".formatted(inWallets(uses), inWallets(refunds)));
    }
  }

  private void checkCharges(Set<ChargeRow> told) {
    Set<ChargeRow> recorded = Set.copyOf(books.charges());
    told.stream()
        .filter(charge -> !recorded.contains(charge))
        .forEach(
            charge ->
                add(
                    Kind.CHARGE_LOST,
                    charge.userId(),
                    "%d points, key %s".formatted(charge.amount(), charge.key())));
  }

  private void checkWallet(WalletRow wallet) {
    if (wallet.balance() != wallet.entries() || wallet.reserved() != wallet.reservations()) {
      add(
          Kind.WALLET_OUT_OF_BALANCE,
          wallet.userId(),
          "balance %d, entries %d; reserved %d, reservations %d"
              .formatted(
                  wallet.balance(), wallet.entries(), wallet.reserved(), wallet.reservations()));
    }
  }

  private void checkSeats() {
    books.reservations().stream()
        .filter(ReservationRow::isLive)
        .collect(groupingBy(ReservationRow::seatId))
        .forEach(
            (seatId, live) -> {
              if (live.size() > 1) {
                add(Kind.SEAT_SOLD_TWICE, seatId, live.size() + " live reservations");
              }
            });
  }

  private void add(Kind kind, UUID subject, String detail) {
    found.add(new Violation(kind, subject, detail));
  }

  private static long netUse(List<PointRow> rows) {
    return -rows.stream().mapToLong(PointRow::amount).sum();
  }

  private static List<String> inWallets(List<PointRow> rows) {
    return rows.stream()
        .map(row -> "%d in %s".formatted(Math.abs(row.amount()), row.userId()))
        .toList();
  }
}
