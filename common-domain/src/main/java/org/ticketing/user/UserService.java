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
  private final Clock clock;

  UserService(UserRepository users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  UserView register(Registration registration, String passwordHash) {
    AppUser user = AppUser.registered(registration.email(), registration.name(), passwordHash);
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

  void changePassword(UUID userId, String passwordHash) {
    requireActive(users.changePassword(userId, passwordHash), userId);
  }

  /**
   * Registers the operator of the configuration. An address that somebody else has registered is
   * not made one: whoever has it may not be whom the configuration means.
   *
   * @throws IllegalStateException the address is another user's
   */
  void ensureOperator(String email, String passwordHash) {
    AppUser operator = AppUser.registered(email, "Operator", passwordHash).asOperator();
    if (!users.add(operator, clock.instant())) {
      AppUser existing = users.findByEmail(operator.email()).orElseThrow();
      if (!existing.operator() || !existing.active()) {
        throw new IllegalStateException(
            "ticketing.user.operator-email is the address of a user who is no operator any more,"
                + " or never was");
      }
    }
  }

  void withdraw(UUID userId) {
    if (!users.withdraw(userId)) {
      throw unknownUser(userId);
    }
  }

  /** Who could not be changed is unknown, or has withdrawn for good. */
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
