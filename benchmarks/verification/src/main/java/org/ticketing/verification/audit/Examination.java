package org.ticketing.verification.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ticketing.verification.audit.Books.ChargeRow;
import org.ticketing.verification.audit.Books.EntryRow;
import org.ticketing.verification.audit.Books.PaymentRow;
import org.ticketing.verification.audit.Books.ReservationRow;
import org.ticketing.verification.audit.Books.SaleRow;
import org.ticketing.verification.audit.Books.TokenRow;
import org.ticketing.verification.audit.Books.WalletRow;
import org.ticketing.verification.audit.Violation.Kind;

/** Looks for everything that {@link Audit} defines to be wrong, in one reading of the books. */
final class Examination {

  private final Books books;
  private final Map<UUID, PaymentRow> completed;
  private final Map<UUID, List<EntryRow>> pointsOf;
  private final Map<UUID, ReservationRow> reservations;
  private final Map<UUID, List<ReservationRow>> confirmedBy;
  private final Map<UUID, List<SaleRow>> salesOf;
  private final Map<UUID, List<SaleRow>> cancellationsOf;
  private final Map<Place, List<TokenRow>> tokensOf;
  private final List<Violation> found = new ArrayList<>();

  private Examination(Books books) {
    this.books = books;
    this.completed =
        books.payments().stream()
            .filter(PaymentRow::isCompleted)
            .collect(toMap(PaymentRow::id, Function.identity()));
    this.pointsOf =
        books.entries().stream()
            .filter(entry -> entry.paymentId() != null)
            .collect(groupingBy(EntryRow::paymentId));
    this.reservations =
        books.reservations().stream().collect(toMap(ReservationRow::id, Function.identity()));
    this.confirmedBy =
        books.reservations().stream()
            .filter(row -> row.isConfirmed() && row.paymentId() != null)
            .collect(groupingBy(ReservationRow::paymentId));
    this.salesOf = salesOf(books, false);
    this.cancellationsOf = salesOf(books, true);
    this.tokensOf =
        books.tokens().stream()
            .collect(groupingBy(token -> new Place(token.userId(), token.scheduleId())));
  }

  private static Map<UUID, List<SaleRow>> salesOf(Books books, boolean cancelled) {
    return books.sales().stream()
        .filter(sale -> sale.cancelled() == cancelled)
        .collect(groupingBy(SaleRow::paymentId));
  }

  /** A customer in the line of a schedule. */
  private record Place(UUID userId, UUID scheduleId) {}

  /** What is wrong in the books. */
  static List<Violation> of(Books books, Charges charges) {
    Examination examination = new Examination(books);
    examination.completed.values().forEach(examination::checkCompleted);
    examination.checkNotCompleted();
    books.payments().forEach(examination::checkAccepted);
    examination.checkEntries();
    examination.checkCharges(charges);
    books.wallets().forEach(examination::checkWallet);
    examination.checkSeats();
    examination.checkCancelledSchedules();
    examination.checkUsers();
    return examination.found;
  }

  private void checkCompleted(PaymentRow payment) {
    if (payment.refunded()) {
      checkRefunded(payment);
    } else {
      checkPoints(payment, pointsOf.getOrDefault(payment.id(), List.of()));
      List<ReservationRow> confirmed = confirmedBy.getOrDefault(payment.id(), List.of());
      if (confirmed.size() != 1 || !confirmed.get(0).id().equals(payment.reservationId())) {
        add(
            Kind.COMPLETED_WITHOUT_RESERVATION,
            payment.id(),
            "reservation " + payment.reservationId());
      }
    }
    ReservationRow reservation = reservations.get(payment.reservationId());
    if (reservation != null) {
      checkAgainst(reservation, payment);
    }
  }

  private void checkRefunded(PaymentRow payment) {
    List<EntryRow> rows = pointsOf.getOrDefault(payment.id(), List.of());
    List<EntryRow> uses = rows.stream().filter(EntryRow::isUse).toList();
    List<EntryRow> refunds = rows.stream().filter(row -> !row.isUse()).toList();
    boolean givenBack =
        uses.size() == 1
            && refunds.size() == 1
            && refunds.get(0).undoes(uses.get(0))
            && uses.get(0).userId().equals(payment.userId())
            && uses.get(0).amount() == -payment.amount();
    ReservationRow reservation = reservations.get(payment.reservationId());
    boolean returned = reservation != null && reservation.isReturnedBy(payment.id());
    if (!givenBack || !returned) {
      add(
          Kind.REFUNDED_IN_PART,
          payment.id(),
          "used %s, refunded %s; reservation %s"
              .formatted(
                  inWallets(uses),
                  inWallets(refunds),
                  reservation == null ? "unknown" : reservation.status()));
    }
    if (reservation != null && !books.cancelledSchedules().contains(reservation.scheduleId())) {
      add(Kind.REFUNDED_AND_NOT_CANCELLED, payment.id(), "schedule " + reservation.scheduleId());
    }
  }

  private void checkPoints(PaymentRow payment, List<EntryRow> rows) {
    long uses = rows.stream().filter(EntryRow::isUse).count();
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
    if (!payment.hasFollowUp()) {
      checkFollowers(reservation, payment);
    }
  }

  private void checkFollowers(ReservationRow reservation, PaymentRow payment) {
    List<SaleRow> sales = salesOf.getOrDefault(payment.id(), List.of());
    if (sales.size() != 1 || !sales.get(0).isOf(reservation)) {
      add(
          Kind.COMPLETED_WITHOUT_SALE,
          payment.id(),
          sales.isEmpty() ? "no partner is told" : "partners are told of another sale");
    }
    List<SaleRow> cancellations = cancellationsOf.getOrDefault(payment.id(), List.of());
    if (cancellations.size() != (payment.refunded() ? 1 : 0)
        || !cancellations.stream().allMatch(told -> told.isOf(reservation))) {
      add(
          Kind.COMPLETED_WITHOUT_SALE,
          payment.id(),
          "partners are told of %d cancellations".formatted(cancellations.size()));
    }
    // A token that was issued after the payment is for another one.
    tokensOf.getOrDefault(new Place(payment.userId(), reservation.scheduleId()), List.of()).stream()
        .filter(token -> !token.issuedAt().isAfter(payment.requestedAt()))
        .forEach(token -> add(Kind.QUEUE_TOKEN_LEFT, payment.id(), "queue token " + token.id()));
  }

  private void checkAccepted(PaymentRow payment) {
    if (payment.endedOtherwise()) {
      add(
          Kind.ENDED_OTHERWISE,
          payment.id(),
          payment.accepted() + ", recorded " + payment.status());
    }
    if (payment.isLost()) {
      add(Kind.ACCEPTED_AND_LOST, payment.id(), "of user " + payment.userId());
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
    Stream.of(salesOf, cancellationsOf)
        .map(Map::keySet)
        .flatMap(Set::stream)
        .distinct()
        .filter(paymentId -> !completed.containsKey(paymentId))
        .forEach(paymentId -> add(Kind.SALE_WITHOUT_PAYMENT, paymentId, "told to partners"));
  }

  /** A refund of nothing gives nothing back: it is a tombstone. */
  private void checkGivenBack(UUID paymentId, List<EntryRow> rows) {
    List<EntryRow> uses = rows.stream().filter(EntryRow::isUse).toList();
    List<EntryRow> refunds =
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

  private void checkEntries() {
    Set<UUID> wallets = books.wallets().stream().map(WalletRow::userId).collect(toSet());
    books.entries().stream()
        .map(EntryRow::userId)
        .distinct()
        .filter(user -> !wallets.contains(user))
        .forEach(user -> add(Kind.WALLET_OUT_OF_BALANCE, user, "entries without a wallet"));
    books.entries().stream()
        .filter(entry -> !entry.isWellFormed())
        .forEach(
            entry ->
                add(
                    Kind.ENTRY_OF_NO_KIND,
                    entry.userId(),
                    "%s of %d points for payment %s, key %s"
                        .formatted(
                            entry.kind(), entry.amount(), entry.paymentId(), entry.chargeKey())));
  }

  private void checkCharges(Charges charges) {
    List<ChargeRow> recorded =
        books.entries().stream().filter(EntryRow::isCharge).map(ChargeRow::of).toList();
    Set<ChargeRow> known = Set.copyOf(recorded);
    charges.told().stream()
        .filter(charge -> !known.contains(charge))
        .forEach(charge -> add(Kind.CHARGE_LOST, charge.userId(), inWords(charge)));
    Set<ChargeRow> seen = new HashSet<>();
    recorded.stream()
        .filter(charge -> !charges.allows(charge) || !seen.add(charge))
        .forEach(charge -> add(Kind.CHARGE_WITHOUT_REQUEST, charge.userId(), inWords(charge)));
  }

  private static String inWords(ChargeRow charge) {
    return "%d points, key %s".formatted(charge.amount(), charge.key());
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
    if (wallet.reserved() < 0 || wallet.balance() < wallet.reserved()) {
      add(
          Kind.WALLET_OVERDRAWN,
          wallet.userId(),
          "balance %d, reserved %d".formatted(wallet.balance(), wallet.reserved()));
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

  private void checkCancelledSchedules() {
    books.reservations().stream()
        .filter(row -> row.isLive() && books.cancelledSchedules().contains(row.scheduleId()))
        .forEach(
            row ->
                add(Kind.CANCELLED_AND_LIVE, row.id(), row.status() + " at " + row.scheduleId()));
    completed.values().stream()
        .filter(payment -> !payment.refunded())
        .filter(
            payment ->
                Optional.ofNullable(reservations.get(payment.reservationId()))
                    .map(ReservationRow::scheduleId)
                    .filter(books.cancelledSchedules()::contains)
                    .isPresent())
        .forEach(
            payment ->
                add(
                    Kind.CANCELLED_AND_NOT_REFUNDED,
                    payment.id(),
                    payment.amount() + " points of " + payment.userId()));
  }

  private void checkUsers() {
    Map<UUID, Long> refunded =
        completed.values().stream()
            .filter(PaymentRow::refunded)
            .collect(groupingBy(PaymentRow::userId, summingLong(PaymentRow::amount)));
    Set<UUID> closedWallets =
        books.wallets().stream().filter(WalletRow::closed).map(WalletRow::userId).collect(toSet());
    books.wallets().stream()
        .filter(wallet -> books.withdrawn().contains(wallet.userId()))
        .filter(wallet -> wallet.balance() > refunded.getOrDefault(wallet.userId(), 0L))
        .forEach(
            wallet ->
                add(Kind.WITHDRAWN_WITH_POINTS, wallet.userId(), wallet.balance() + " points"));
    books.reservations().stream()
        .filter(row -> row.ahead() && books.withdrawn().contains(row.userId()))
        .forEach(
            row ->
                add(
                    Kind.WITHDRAWN_WITH_RESERVATION,
                    row.userId(),
                    "%s reservation %s".formatted(row.status(), row.id())));
    books.withdrawn().stream()
        .filter(user -> !closedWallets.contains(user) || !books.closedCustomers().contains(user))
        .forEach(user -> add(Kind.WITHDRAWN_AND_OPEN, user, openings(user, closedWallets)));
    books.active().stream()
        .filter(user -> closedWallets.contains(user) || books.closedCustomers().contains(user))
        .forEach(user -> add(Kind.ACTIVE_AND_CLOSED, user, openings(user, closedWallets)));
  }

  private String openings(UUID user, Set<UUID> closedWallets) {
    return "wallet closed: %s, customer closed: %s"
        .formatted(closedWallets.contains(user), books.closedCustomers().contains(user));
  }

  private void add(Kind kind, UUID subject, String detail) {
    found.add(new Violation(kind, subject, detail));
  }

  private static long netUse(List<EntryRow> rows) {
    return -rows.stream().mapToLong(EntryRow::amount).sum();
  }

  private static List<String> inWallets(List<EntryRow> rows) {
    return rows.stream()
        .map(row -> "%d in %s".formatted(Math.abs(row.amount()), row.userId()))
        .toList();
  }
}
