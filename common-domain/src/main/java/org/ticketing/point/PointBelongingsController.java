package org.ticketing.point;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A controller of its own, which does not depend on the user service that asks it. */
@RestController
class PointBelongingsController implements PointBelongingsApi {

  private final PointService points;

  PointBelongingsController(PointService points) {
    this.points = points;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void close(UUID userId, long withdrawal) {
    points.close(userId, withdrawal);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void reopen(UUID userId, long withdrawal) {
    points.reopen(userId, withdrawal);
  }
}
