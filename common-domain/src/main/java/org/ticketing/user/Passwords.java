package org.ticketing.user;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ServiceUnavailable;

/** Hashes passwords with Argon2id (RFC 9106), no more at once than there are processors. */
@Component
class Passwords {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int PASSES = 2;
  private static final long PATIENCE_SECONDS = 5;

  private final PasswordEncoder argon2;

  /** A hash takes megabytes; a crowd at the login would otherwise take all there are. */
  private final Semaphore atOnce = new Semaphore(Runtime.getRuntime().availableProcessors());

  Passwords(UserProperties properties) {
    argon2 =
        new Argon2PasswordEncoder(
            SALT_BYTES, HASH_BYTES, LANES, properties.passwordHashMemory(), PASSES);
  }

  /**
   * Takes a while: not to be called in a transaction, whose connection would wait too.
   *
   * @throws ServiceUnavailable too many are waiting for theirs
   */
  String hash(String password) {
    return inTurn(() -> argon2.encode(password));
  }

  /** Likewise. */
  boolean match(String password, String hash) {
    return inTurn(() -> argon2.matches(password, hash));
  }

  private <T> T inTurn(Supplier<T> hashing) {
    try {
      if (!atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ServiceUnavailable("Too many people are signing in; try again.");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailable("The service is stopping.", stopping);
    }
    try {
      return hashing.get();
    } finally {
      atOnce.release();
    }
  }
}
