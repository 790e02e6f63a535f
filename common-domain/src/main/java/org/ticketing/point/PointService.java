package org.ticketing.point;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi.EntryView;
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

  /** Refused with {@code points-remain}. */
  void requireEmpty(UUID userId) {
    if (wallet(userId).balance() > 0) {
      throw new Refusal(Reason.POINTS_REMAIN, "The user still has points in the wallet.");
    }
  }

  List<EntryView> history(UUID userId, int page, int size) {
    return entries.ofUser(userId, page, size);
  }
}
