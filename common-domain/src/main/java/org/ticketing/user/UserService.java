package org.ticketing.user;

import java.time.Clock;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Refusal;
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

  UserView register(Registration registration) {
    return save(new AppUser(registration.email(), registration.name(), clock.instant()));
  }

  @Transactional(readOnly = true)
  UserView find(UUID userId) {
    return user(userId).view();
  }

  UserView update(UUID userId, Registration registration) {
    AppUser user = user(userId);
    user.view().requireActive();
    user.update(registration.email(), registration.name());
    return save(user);
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
