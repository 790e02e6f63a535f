package org.ticketing.user;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UserController implements UserApi {

  private final UserService users;
  private final Login login;
  private final Withdrawing withdrawing;

  UserController(UserService users, Login login, Withdrawing withdrawing) {
    this.users = users;
    this.login = login;
    this.withdrawing = withdrawing;
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
    login.changePassword(userId, change);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void withdraw(UUID userId) {
    withdrawing.withdraw(userId);
  }
}
