package org.ticketing.point;

import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.ticketing.point.PointApi.WalletView;
import org.ticketing.user.UserApi;

/**
 * Charges the wallet of an active user. The user is looked up before the transaction begins, so
 * that no connection waits for the answer.
 */
@Component
class ChargingWallet {

  private final PointService points;
  private final UserApi users;

  ChargingWallet(PointService points, UserApi users) {
    this.points = points;
    this.users = users;
  }

  /** Tries again if another request opens the wallet or uses the key at the same time. */
  WalletView charge(UUID userId, String key, long amount) {
    users.find(userId).requireActive();
    try {
      return points.charge(userId, key, amount);
    } catch (DataIntegrityViolationException atOnce) {
      return points.charge(userId, key, amount);
    }
  }
}
