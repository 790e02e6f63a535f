package org.ticketing.point;

import java.util.UUID;
import org.ticketing.point.PointApi.WalletView;

/**
 * A wallet as it was when it was read.
 *
 * @param held the part of the balance that payments under way have set aside
 */
record Wallet(UUID userId, long balance, long held) {

  /** Of a user who never charged it. */
  static Wallet empty(UUID userId) {
    return new Wallet(userId, 0, 0);
  }

  /** What a new payment may use: the balance without what other payments have set aside. */
  long available() {
    return balance - held;
  }

  WalletView view() {
    return new WalletView(userId, balance, held);
  }
}
