package org.ticketing.point;

import java.util.UUID;
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

  WalletView charge(UUID userId, String key, long amount) {
    users.find(userId).requireActive();
    return points.charge(userId, key, amount);
  }
}
