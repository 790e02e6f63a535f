package org.ticketing.user;

import java.time.Clock;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.user.UserApi.Profile;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.user.UserApi.UserView;

/** Each change is one statement, so that none needs a transaction. */
@Service
class UserService {

  private final UserRepository users;
  private final Passwords passwords;
  private final Clock clock;

  UserService(UserRepository users, Passwords passwords, Clock clock) {
    this.users = users;
    this.passwords = passwords;
    this.clock = clock;
  }

  UserView register(Registration registration) {
    String hash = passwords.hash(registration.password());
    AppUser user = AppUser.registered(registration.email(), registration.name(), hash);
    if (!users.add(user, clock.instant())) {
      throw emailTaken();
    }
    return user.view();
  }

  UserView find(UUID userId) {
    return users.find(userId).orElseThrow(() -> unknownUser(userId));
  }

  UserView update(UUID userId, Profile profile) {
    String email = AppUser.normalised(profile.email());
    String name = profile.name().strip();
    try {
      requireActive(users.update(userId, email, name), userId);
    } catch (DuplicateKeyException taken) {
      throw emailTaken();
    }
    return new UserView(userId, email, name, true);
  }

  void changePassword(UUID userId, String password) {
    requireActive(users.changePassword(userId, passwords.hash(password)), userId);
  }

  /**
   * Registers the operator of the configuration, unless that has been done. A user who has
   * registered with this address is not made an operator, because it may be somebody else.
   *
   * @throws IllegalStateException the address is another user's
   */
  void ensureOperator(String email, String password) {
    AppUser operator = AppUser.registered(email, "Operator", passwords.hash(password)).asOperator();
    if (!users.add(operator, clock.instant())) {
      AppUser existing = users.findByEmail(operator.email()).orElseThrow();
      if (!existing.operator() || !existing.active()) {
        throw new IllegalStateException(
            "ticketing.user.operator-email is the address of a user who is no operator any more,"
                + " or never was");
      }
    }
  }

  /** A user who could not be changed does not exist or has withdrawn. */
  private void requireActive(boolean changed, UUID userId) {
    if (!changed) {
      find(userId).requireActive();
    }
  }

  private static Refusal emailTaken() {
    return new Refusal(Reason.EMAIL_TAKEN, "Another user has this e-mail address.");
  }

  private static Refusal unknownUser(UUID userId) {
    return new Refusal(Reason.UNKNOWN_USER, "There is no user " + userId + ".");
  }
}
