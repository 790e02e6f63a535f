package org.ticketing.user;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.ticketing.platform.Bulkhead;
import org.ticketing.platform.Timeouts;

@RestController
class UserController implements UserApi {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** The work of a second or two. */
  private static final int WAITING = 32;

  private final UserService users;
  private final Login login;

  /**
   * For what hashes a password. Anybody may ask for it, and it takes processor time, megabytes, and
   * a forced write. Half of the processors stay free for the look-ups of other services.
   */
  private final Bulkhead hashing;

  UserController(UserService users, Login login, Timeouts timeouts) {
    this.users = users;
    this.login = login;
    this.hashing = new Bulkhead(Math.max(1, PROCESSORS / 2), WAITING, timeouts.turn());
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public UserView register(Registration registration) {
    return hashing.call(() -> users.register(registration));
  }

  @Override
  public Session logIn(Credentials credentials) {
    return hashing.call(() -> login.logIn(credentials));
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
    hashing.call(
        () -> {
          login.changePassword(userId, change);
          return null;
        });
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void withdraw(UUID userId) {
    users.withdraw(userId);
  }
}
