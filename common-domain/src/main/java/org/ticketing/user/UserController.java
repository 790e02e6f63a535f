package org.ticketing.user;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.concert.ConcertApi;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi;
import org.ticketing.reservation.ReservationApi;

@RestController
class UserController implements UserApi {

  private static final int PAGE = 100;

  private final UserService users;
  private final Login login;
  private final Passwords passwords;
  private final PointApi points;
  private final ReservationApi reservations;
  private final ConcertApi concerts;

  /** Lazy, because those services call this one too, in the monolith as bean to bean. */
  UserController(
      UserService users,
      Login login,
      Passwords passwords,
      ConcertApi concerts,
      @Lazy PointApi points,
      @Lazy ReservationApi reservations) {
    this.users = users;
    this.login = login;
    this.passwords = passwords;
    this.concerts = concerts;
    this.points = points;
    this.reservations = reservations;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public UserView register(Registration registration) {
    return users.register(registration, passwords.hash(registration.password()));
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
    login.changePassword(userId, change);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void withdraw(UUID userId) {
    users.find(userId);
    if (points.wallet(userId).balance() > 0) {
      throw new Refusal(Reason.POINTS_REMAIN, "The user still has points in the wallet.");
    }
    if (hasSomethingToCome(userId)) {
      throw new Refusal(Reason.RESERVATIONS_REMAIN, "The user still has live reservations.");
    }
    users.withdraw(userId);
  }

  /** A seat that is held, or a ticket for what has not begun yet. */
  private boolean hasSomethingToCome(UUID userId) {
    return Stream.iterate(0, page -> page + 1)
        .map(page -> reservations.ofUser(userId, true, page, PAGE))
        .takeWhile(page -> !page.isEmpty())
        .flatMap(List::stream)
        .anyMatch(
            reservation ->
                reservation.status() != ReservationApi.Status.CONFIRMED
                    || concerts.findSchedule(reservation.scheduleId()).onSale());
  }
}
