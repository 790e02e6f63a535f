package org.ticketing.user;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Counts the attempts to sign in with an e-mail address, whether or not a user has it. The count is
 * kept in the database, so that several instances share it. An attempt is counted before its
 * password is checked, so that many attempts at once are limited as many in turn are.
 */
@Component
class LoginAttempts {

  private final JdbcClient jdbc;
  private final UserProperties properties;
  private final Clock clock;

  LoginAttempts(JdbcClient jdbc, UserProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /** Refused with {@code too-many-logins}. */
  @Transactional
  void count(String email) {
    int attempts =
        jdbc.sql(
                """
                INSERT INTO login_attempt (email, attempts, first_at) VALUES (:email, 1, :now)
                ON CONFLICT (email) DO UPDATE SET
                  attempts = CASE WHEN login_attempt.first_at <= :outdated THEN 1
                                  ELSE login_attempt.attempts + 1 END,
                  first_at = CASE WHEN login_attempt.first_at <= :outdated THEN :now
                                  ELSE login_attempt.first_at END
                RETURNING attempts""")
            .param("email", email)
            .param("now", Timestamp.from(clock.instant()))
            .param("outdated", Timestamp.from(outdated()))
            .query(Integer.class)
            .single();
    if (attempts > properties.loginFailures()) {
      throw new Refusal(
          Reason.TOO_MANY_LOGINS,
          "Too many failed attempts with this e-mail address; try again later.");
    }
  }

  /** Called after a success. */
  void forget(String email) {
    jdbc.sql("DELETE FROM login_attempt WHERE email = :email").param("email", email).update();
  }

  void forgetOutdated() {
    jdbc.sql("DELETE FROM login_attempt WHERE first_at <= :outdated")
        .param("outdated", Timestamp.from(outdated()))
        .update();
  }

  private Instant outdated() {
    return clock.instant().minus(properties.loginPause());
  }
}
