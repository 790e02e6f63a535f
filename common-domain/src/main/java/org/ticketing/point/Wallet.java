package org.ticketing.point;

import java.util.UUID;
import org.ticketing.point.PointApi.WalletView;

/**
 * A wallet as it was when it was read.
 *
 * @param reserved the part of the balance that payments under way have reserved
 */
record Wallet(UUID userId, long balance, long reserved) {

  /** Of a user who never charged it. */
  static Wallet empty(UUID userId) {
    return new Wallet(userId, 0, 0);
  }

  /** What a new payment may use: the balance without what other payments have reserved. */
  long available() {
    return balance - reserved;
  }

  WalletView view() {
    return new WalletView(userId, balance, reserved);
  }
}
