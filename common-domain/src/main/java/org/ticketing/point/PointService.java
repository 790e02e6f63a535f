package org.ticketing.point;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.point.PointApi.WalletView;
import org.ticketing.point.PointHolds.PointHold;
import org.ticketing.point.PointHolds.Status;

/**
 * Wallets and their part in a payment: in one step ({@link #use}, undone by {@link #refund}) or in
 * two ({@link #hold}, then {@link #confirm} or {@link #release}).
 *
 * <p>The steps of a payment are idempotent by its id, each takes the lock of the wallet's row
 * first, and one that arrives after the payment was undone is refused with {@code payment-undone}.
 */
@Service
@Transactional
public class PointService {

  /** The largest balance, also held by a constraint of the database. */
  private static final long BALANCE_LIMIT = 1_000_000_000_000_000L;

  private final Wallets wallets;
  private final PointEntries entries;
  private final PointHolds holds;

  PointService(Wallets wallets, PointEntries entries, PointHolds holds) {
    this.wallets = wallets;
    this.entries = entries;
    this.holds = holds;
  }

  WalletView charge(UUID userId, String key, long amount) {
    Wallet wallet = wallets.lock(userId);
    Optional<Long> earlier = entries.chargeOf(userId, key);
    if (earlier.isPresent()) {
      if (earlier.get() != amount) {
        throw new Refusal(
            Reason.IDEMPOTENCY_KEY_REUSED, "This key was used to charge another amount.");
      }
      return wallet.view();
    }
    if (wallet.balance() > BALANCE_LIMIT - amount) {
      throw new Refusal(
          Reason.BALANCE_LIMIT, "A wallet holds " + BALANCE_LIMIT + " points at the most.");
    }
    wallets.change(userId, amount, 0);
    entries.addCharge(userId, amount, key);
    return new WalletView(userId, wallet.balance() + amount, wallet.held());
  }

  WalletView wallet(UUID userId) {
    return wallets.find(userId).orElseGet(() -> Wallet.empty(userId)).view();
  }

  /** Refused with {@code points-remain}. */
  void requireEmpty(UUID userId) {
    if (wallet(userId).balance() > 0) {
      throw new Refusal(Reason.POINTS_REMAIN, "The user still has points in the wallet.");
    }
  }

  List<EntryView> history(UUID userId, int page, int size) {
    return entries.ofUser(userId, page, size);
  }

  /** Takes points out of the wallet. Refused with {@code insufficient-points}. */
  public void use(UUID paymentId, UUID userId, long amount) {
    Wallet wallet = wallets.lock(userId);
    if (entries.addUse(userId, amount, paymentId)) {
      requireAvailable(wallet, amount);
      wallets.change(userId, -amount, 0);
    } else if (entries.isRefunded(paymentId)) {
      throw undone();
    }
  }

  /** Undoes {@link #use}, also one that never happened or arrives later. */
  public void refund(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    List<EntryView> earlier = entries.ofPayment(paymentId);
    if (earlier.stream().noneMatch(entry -> entry.kind() == Kind.REFUND)) {
      long used = -earlier.stream().mapToLong(EntryView::amount).sum();
      wallets.change(userId, used, 0);
      entries.addRefund(userId, used, paymentId);
    }
  }

  /** Sets points aside. Refused with {@code insufficient-points}. */
  public void hold(UUID paymentId, UUID userId, long amount) {
    Wallet wallet = wallets.lock(userId);
    Optional<PointHold> earlier = holds.find(paymentId);
    if (earlier.isEmpty()) {
      requireAvailable(wallet, amount);
      wallets.change(userId, 0, amount);
      holds.add(paymentId, userId, amount, Status.HELD);
    } else if (earlier.get().is(Status.RELEASED)) {
      throw undone();
    }
  }

  /**
   * Takes out the points that were set aside.
   *
   * @throws IllegalStateException the payment holds no points
   */
  public void confirm(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    PointHold hold =
        holds
            .find(paymentId)
            .filter(earlier -> !earlier.is(Status.RELEASED))
            .orElseThrow(
                () -> new IllegalStateException("payment " + paymentId + " holds no points"));
    if (hold.is(Status.HELD)) {
      holds.become(paymentId, Status.CONFIRMED);
      entries.addUse(userId, hold.amount(), paymentId);
      wallets.change(userId, -hold.amount(), -hold.amount());
    }
  }

  /** Undoes {@link #hold}, also one that never happened or arrives later. */
  public void release(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    Optional<PointHold> earlier = holds.find(paymentId);
    if (earlier.isEmpty()) {
      holds.add(paymentId, userId, 0, Status.RELEASED);
    } else if (earlier.get().is(Status.HELD)) {
      holds.become(paymentId, Status.RELEASED);
      wallets.change(userId, 0, -earlier.get().amount());
    }
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
