package org.ticketing.user;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Bulkhead;

/** Hashes passwords with Argon2id (RFC 9106), no more at once than there are processors. */
@Component
class Passwords {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int PASSES = 2;

  private final PasswordEncoder argon2;

  /** Each hash takes megabytes, so that many logins at once would use up the memory. */
  private final Bulkhead bulkhead = new Bulkhead(Runtime.getRuntime().availableProcessors());

  Passwords(UserProperties properties) {
    argon2 =
        new Argon2PasswordEncoder(
            SALT_BYTES, HASH_BYTES, LANES, properties.passwordHashMemory(), PASSES);
  }

  /**
   * Takes a while. Not to be called in a transaction, whose connection would be kept meanwhile.
   *
   * @throws org.ticketing.platform.ServiceUnavailable too many are waiting for theirs
   */
  String hash(String password) {
    return bulkhead.call(() -> argon2.encode(password));
  }

  /** Takes as long, and throws the same. */
  boolean match(String password, String hash) {
    return bulkhead.call(() -> argon2.matches(password, hash));
  }
}
