package org.ticketing.user;

import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes passwords with Argon2id (RFC 9106), no more at once than there are processors. */
@Component
class Passwords {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int PASSES = 2;

  private final PasswordEncoder argon2;

  /** A hash takes megabytes; a crowd at the login would otherwise take all there are. */
  private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

  Passwords(UserProperties properties) {
    argon2 =
        new Argon2PasswordEncoder(
            SALT_BYTES, HASH_BYTES, LANES, properties.passwordHashMemory(), PASSES);
  }

  String hash(String password) {
    atOnce.acquireUninterruptibly();
    try {
      return argon2.encode(password);
    } finally {
      atOnce.release();
    }
  }

  boolean match(String password, String hash) {
    atOnce.acquireUninterruptibly();
    try {
      return argon2.matches(password, hash);
    } finally {
      atOnce.release();
    }
  }
}
