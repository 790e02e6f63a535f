package org.ticketing.user;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Refusal;
import org.ticketing.user.UserApi.Profile;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.user.UserApi.UserView;

@Service
@Transactional
class UserService {

  private final UserRepository users;
  private final Clock clock;

  UserService(UserRepository users, Clock clock) {
    this.users = users;
    this.clock = clock;
  }

  UserView register(Registration registration, String passwordHash) {
    return save(
        new AppUser(registration.email(), registration.name(), passwordHash, clock.instant()));
  }

  @Transactional(readOnly = true)
  UserView find(UUID userId) {
    return user(userId).view();
  }

  UserView update(UUID userId, Profile profile) {
    AppUser user = user(userId);
    user.view().requireActive();
    user.update(profile.email(), profile.name());
    return save(user);
  }

  void changePassword(UUID userId, String passwordHash) {
    AppUser user = user(userId);
    user.view().requireActive();
    user.changePassword(passwordHash);
  }

  /**
   * Registers the operator of the configuration. An address that somebody else has registered is
   * not made one: whoever has it may not be whom the configuration means.
   *
   * @throws IllegalStateException the address is another user's
   */
  void ensureOperator(String email, String passwordHash) {
    Optional<AppUser> existing = users.findByEmail(AppUser.normalised(email));
    if (existing.isPresent()) {
      if (!existing.get().isOperator() || !existing.get().isActive()) {
        throw new IllegalStateException(
            "ticketing.user.operator-email is the address of a user who is no operator any more,"
                + " or never was");
      }
      return;
    }
    var operator = new AppUser(email, "Operator", passwordHash, clock.instant());
    operator.makeOperator();
    users.save(operator);
  }

  void withdraw(UUID userId) {
    user(userId).withdraw();
  }

  private UserView save(AppUser user) {
    try {
      return users.saveAndFlush(user).view();
    } catch (DataIntegrityViolationException taken) {
      throw new Refusal(
          "email-taken", HttpStatus.CONFLICT, "Another user has this e-mail address.");
    }
  }

  private AppUser user(UUID userId) {
    return users
        .findById(userId)
        .orElseThrow(
            () ->
                new Refusal(
                    "unknown-user", HttpStatus.NOT_FOUND, "There is no user " + userId + "."));
  }
}
