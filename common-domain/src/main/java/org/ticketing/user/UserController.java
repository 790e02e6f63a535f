package org.ticketing.user;

import java.util.UUID;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi;
import org.ticketing.reservation.ReservationApi;

@RestController
class UserController implements UserApi {

  private final UserService users;
  private final Login login;
  private final PointApi points;
  private final ReservationApi reservations;

  /** Lazy, because those services call this one too, in the monolith as bean to bean. */
  UserController(
      UserService users, Login login, @Lazy PointApi points, @Lazy ReservationApi reservations) {
    this.users = users;
    this.login = login;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public UserView register(Registration registration) {
    return users.register(registration);
  }

  @Override
  public Session logIn(Credentials credentials) {
    return login.logIn(credentials);
  }

  @Override
  public UserView find(UUID userId) {
    return users.find(userId);
  }

  @Override
  public UserView update(UUID userId, Profile profile) {
    return users.update(userId, profile);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void changePassword(UUID userId, PasswordChange change) {
    users.changePassword(userId, change);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void withdraw(UUID userId) {
    users.find(userId);
    if (points.wallet(userId).balance() > 0) {
      throw new Refusal(
          "points-remain", HttpStatus.CONFLICT, "The user still has points in the wallet.");
    }
    if (!reservations.ofUser(userId, true, 0, 1).isEmpty()) {
      throw new Refusal(
          "reservations-remain", HttpStatus.CONFLICT, "The user still has live reservations.");
    }
    users.withdraw(userId);
  }
}
