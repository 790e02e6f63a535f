package org.ticketing.user;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.PasswordChange;
import org.ticketing.user.UserApi.Session;
import org.ticketing.user.UserApi.UserView;

/** Checks passwords, for a session or for another password. */
@Component
class Login {

  private final UserRepository users;
  private final UserService service;
  private final Passwords passwords;
  private final LoginAttempts attempts;
  private final UserTokens tokens;

  /** Compared with when there is no such user, so that a refusal takes the same time. */
  private final String hashOfNobody;

  Login(
      UserRepository users,
      UserService service,
      Passwords passwords,
      LoginAttempts attempts,
      UserTokens tokens) {
    this.users = users;
    this.service = service;
    this.passwords = passwords;
    this.attempts = attempts;
    this.tokens = tokens;
    this.hashOfNobody = passwords.hash(UUID.randomUUID().toString());
  }

  Session logIn(Credentials credentials) {
    return tokens.sessionOf(authenticate(credentials));
  }

  private AppUser authenticate(Credentials credentials) {
    String email = AppUser.normalised(credentials.email());
    attempts.count(email);
    Optional<AppUser> user = users.findByEmail(email);
    String hash = user.map(AppUser::passwordHash).orElse(hashOfNobody);
    boolean matches = passwords.match(credentials.password(), hash);
    if (!matches || user.isEmpty() || !user.get().active()) {
      throw new Refusal(Reason.WRONG_CREDENTIALS, "There is no such user and password.");
    }
    attempts.forget(email);
    return user.get();
  }

  /**
   * Checks the current password as a login does, and counts the attempt: a stolen token does not
   * allow to guess the password either.
   */
  void changePassword(UUID userId, PasswordChange change) {
    UserView user = service.find(userId);
    user.requireActive();
    authenticate(new Credentials(user.email(), change.current()));
    service.changePassword(userId, change.replacement());
  }
}
