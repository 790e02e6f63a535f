package org.ticketing.point;

import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.user.UserApi;

@RestController
class PointController implements PointApi {

  private final PointService points;
  private final UserApi users;

  PointController(PointService points, UserApi users) {
    this.points = points;
    this.users = users;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public WalletView charge(UUID userId, String key, Charge charge) {
    users.find(userId).requireActive();
    try {
      return points.charge(userId, key, charge.amount());
    } catch (DataIntegrityViolationException openedMeanwhile) {
      return points.charge(userId, key, charge.amount());
    }
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
