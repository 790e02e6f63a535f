package org.ticketing.point;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.point.PointReservations.PointReservation;
import org.ticketing.point.PointReservations.Status;

/**
 * The wallet's part in a payment: the operations that the commit protocols call.
 *
 * <ul>
 *   <li>{@link #use} is the one step of every system except TCC.
 *   <li>{@link #refund} is its compensation in the saga.
 *   <li>{@link #reserve}, {@link #confirm} and {@link #release} are try, confirm and cancel of TCC.
 * </ul>
 *
 * <p>Each operation runs in the caller's transaction or, without one, in its own. It first locks
 * the wallet's row, so the operations on a wallet run one after another. All are idempotent by the
 * payment: called again they change nothing. An operation that arrives after the one that undoes it
 * is refused with {@code payment-undone}.
 *
 * <p>An undo is never refused: it opens a wallet that is missing, for its tombstone, and no limit
 * of balances applies to it.
 */
@Component
@Transactional
public class PointParticipant {

  private final Wallets wallets;
  private final PointEntries entries;
  private final PointReservations reservations;

  PointParticipant(Wallets wallets, PointEntries entries, PointReservations reservations) {
    this.wallets = wallets;
    this.entries = entries;
    this.reservations = reservations;
  }

  /**
   * Takes the points out of the wallet.
   *
   * @throws Refusal {@code insufficient-points}, or {@code payment-undone} if they were refunded
   */
  public void use(UUID paymentId, UUID userId, long amount) {
    Wallet wallet = wallets.lockIfOpen(userId).orElseGet(() -> Wallet.empty(userId));
    List<EntryView> earlier = entries.ofPayment(paymentId);
    if (earlier.isEmpty()) {
      requireAvailable(wallet, amount);
      entries.addUse(userId, amount, paymentId);
      wallets.change(userId, -amount, 0);
    } else if (isRefunded(earlier)) {
      throw undone();
    }
  }

  /**
   * Gives back what {@link #use} took. If it took nothing, this leaves a tombstone, a refund of
   * amount 0, so that a use that arrives later is refused.
   */
  public void refund(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    List<EntryView> earlier = entries.ofPayment(paymentId);
    if (!isRefunded(earlier)) {
      long used = -earlier.stream().mapToLong(EntryView::amount).sum();
      wallets.change(userId, used, 0);
      entries.addRefund(userId, used, paymentId);
    }
  }

  private static boolean isRefunded(List<EntryView> entriesOfPayment) {
    return entriesOfPayment.stream().anyMatch(entry -> entry.kind() == Kind.REFUND);
  }

  /**
   * Reserves points: they stay in the balance, but nobody else can use them.
   *
   * @throws Refusal {@code insufficient-points}, or {@code payment-undone} if they were released
   */
  public void reserve(UUID paymentId, UUID userId, long amount) {
    Wallet wallet = wallets.lockIfOpen(userId).orElseGet(() -> Wallet.empty(userId));
    Optional<PointReservation> earlier = reservations.find(paymentId);
    if (earlier.isEmpty()) {
      requireAvailable(wallet, amount);
      wallets.change(userId, 0, amount);
      reservations.add(paymentId, userId, amount, Status.RESERVED);
    } else if (earlier.get().is(Status.RELEASED)) {
      throw undone();
    }
  }

  /**
   * Takes the reserved points out of the wallet.
   *
   * @throws IllegalStateException the payment has reserved no points, or has released them
   */
  public void confirm(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    PointReservation reservation =
        reservations
            .find(paymentId)
            .filter(earlier -> !earlier.is(Status.RELEASED))
            .orElseThrow(
                () ->
                    new IllegalStateException("payment " + paymentId + " has reserved no points"));
    if (reservation.is(Status.RESERVED)) {
      reservations.become(paymentId, Status.CONFIRMED);
      entries.addUse(userId, reservation.amount(), paymentId);
      wallets.change(userId, -reservation.amount(), -reservation.amount());
    }
  }

  /**
   * Makes the reserved points available again. If none were reserved, this leaves a tombstone, a
   * released reservation of amount 0, so that a reservation that arrives later is refused.
   */
  public void release(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    Optional<PointReservation> earlier = reservations.find(paymentId);
    if (earlier.isEmpty()) {
      reservations.add(paymentId, userId, 0, Status.RELEASED);
    } else if (earlier.get().is(Status.RESERVED)) {
      reservations.become(paymentId, Status.RELEASED);
      wallets.change(userId, 0, -earlier.get().amount());
    }
  }

  /** Whether {@link #confirm} has taken the points of this payment out of the wallet. */
  public boolean isConfirmed(UUID paymentId) {
    return reservations
        .find(paymentId)
        .filter(reservation -> reservation.is(Status.CONFIRMED))
        .isPresent();
  }

  /** Whose points are reserved for this payment; empty if none are any more. */
  public Optional<UUID> userOfReserved(UUID paymentId) {
    return reservations.userOfReserved(paymentId);
  }

  private static void requireAvailable(Wallet wallet, long amount) {
    if (wallet.available() < amount) {
      throw new Refusal(
          Reason.INSUFFICIENT_POINTS,
          "The wallet has %d points available; %d are needed."
              .formatted(wallet.available(), amount));
    }
  }

  private static Refusal undone() {
    return new Refusal(Reason.PAYMENT_UNDONE, "This payment has been undone already.");
  }
}
