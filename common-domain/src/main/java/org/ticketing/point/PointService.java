package org.ticketing.point;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.point.PointApi.WalletView;

/** The wallets as their owners see them: balance, charges and entries. */
@Service
@Transactional
class PointService {

  /**
   * The largest balance that a charge may lead to. A refund may exceed it, because what a payment
   * has used must always find its way back: the database has no such limit.
   */
  private static final long BALANCE_LIMIT = 1_000_000_000_000_000L;

  private final Wallets wallets;
  private final PointEntries entries;

  PointService(Wallets wallets, PointEntries entries) {
    this.wallets = wallets;
    this.entries = entries;
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
    if (wallets.isClosed(userId)) {
      throw new Refusal(Reason.USER_WITHDRAWN, "This user has withdrawn.");
    }
    if (wallet.balance() > BALANCE_LIMIT - amount) {
      throw new Refusal(
          Reason.BALANCE_LIMIT, "A wallet is charged to " + BALANCE_LIMIT + " points at the most.");
    }
    wallets.change(userId, amount, 0);
    entries.addCharge(userId, amount, key);
    return new WalletView(userId, wallet.balance() + amount, wallet.reserved());
  }

  WalletView wallet(UUID userId) {
    return wallets.find(userId).orElseGet(() -> Wallet.empty(userId)).view();
  }

  /**
   * Closes an empty wallet to charges. Charging locks it as well, so that only one of both happens.
   * Refused with {@code points-remain}.
   */
  void close(UUID userId, long withdrawal) {
    if (wallets.lock(userId).balance() > 0) {
      throw new Refusal(Reason.POINTS_REMAIN, "The user still has points in the wallet.");
    }
    if (!wallets.close(userId, withdrawal)) {
      throw new ServiceUnavailable("Another request has gone on with this withdrawal.");
    }
  }

  /**
   * A tombstone, so that a {@link #close} that arrives later is ignored, needs a wallet as well.
   */
  void reopen(UUID userId, long withdrawal) {
    wallets.lock(userId);
    wallets.reopen(userId, withdrawal);
  }

  /** See {@link PointRefundApi#refund}. */
  void refund(UUID paymentId, UUID userId) {
    wallets.lock(userId);
    List<EntryView> earlier = entries.ofPayment(paymentId);
    if (earlier.stream().noneMatch(entry -> entry.kind() == Kind.USE)) {
      throw new Refusal(Reason.PAYMENT_IN_PROGRESS, "The payment has not used its points yet.");
    }
    if (earlier.stream().noneMatch(entry -> entry.kind() == Kind.REFUND)) {
      long used = -earlier.stream().mapToLong(EntryView::amount).sum();
      wallets.change(userId, used, 0);
      entries.addRefund(userId, used, paymentId);
    }
  }

  List<EntryView> history(UUID userId, int page, int size) {
    return entries.ofUser(userId, page, size);
  }
}
