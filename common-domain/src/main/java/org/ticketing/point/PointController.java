package org.ticketing.point;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PointController implements PointApi {

  private final PointService points;
  private final ChargingWallet charging;

  PointController(PointService points, ChargingWallet charging) {
    this.points = points;
    this.charging = charging;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public WalletView charge(UUID userId, String key, Charge charge) {
    return charging.charge(userId, key, charge.amount());
  }

  @Override
  public WalletView wallet(UUID userId) {
    return points.wallet(userId);
  }

  @Override
  public List<EntryView> history(UUID userId, int page, int size) {
    return points.history(userId, page, size);
  }
}
