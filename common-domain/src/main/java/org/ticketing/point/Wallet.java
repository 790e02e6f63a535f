package org.ticketing.point;

import java.util.UUID;
import org.ticketing.point.PointApi.WalletView;

/**
 * A wallet as it was when it was read.
 *
 * @param reserved the part of the balance that payments under way have reserved
 */
record Wallet(UUID userId, long balance, long reserved) {

  /** The wallet of a user who never charged it. */
  static Wallet empty(UUID userId) {
    return new Wallet(userId, 0, 0);
  }

  /** The points a new payment may use: those that no other payment has reserved. */
  long available() {
    return balance - reserved;
  }

  WalletView view() {
    return new WalletView(userId, balance, reserved);
  }
}
