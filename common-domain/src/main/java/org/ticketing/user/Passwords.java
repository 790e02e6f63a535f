package org.ticketing.user;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes passwords with Argon2id (RFC 9106). */
@Component
class Passwords {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int PASSES = 2;

  private final PasswordEncoder argon2;

  Passwords(UserProperties properties) {
    argon2 =
        new Argon2PasswordEncoder(
            SALT_BYTES, HASH_BYTES, LANES, properties.passwordHashMemory(), PASSES);
  }

  /**
   * Takes a while, and megabytes. Not to be called in a transaction, whose connection would be kept
   * meanwhile.
   */
  String hash(String password) {
    return argon2.encode(password);
  }

  /** Takes as much. */
  boolean match(String password, String hash) {
    return argon2.matches(password, hash);
  }
}
