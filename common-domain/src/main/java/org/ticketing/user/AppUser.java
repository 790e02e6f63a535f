package org.ticketing.user;

import java.util.Locale;
import java.util.UUID;
import org.ticketing.user.UserApi.UserView;

/**
 * @param email {@linkplain #normalised normalised}
 */
record AppUser(
    UUID id, String email, String name, String passwordHash, boolean operator, boolean active) {

  static AppUser registered(String email, String name, String passwordHash) {
    return new AppUser(
        UUID.randomUUID(), normalised(email), name.strip(), passwordHash, false, true);
  }

  static String normalised(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  AppUser asOperator() {
    return new AppUser(id, email, name, passwordHash, true, active);
  }

  UserView view() {
    return new UserView(id, email, name, active);
  }

  @Override
  public String toString() {
    return "AppUser " + id;
  }
}
