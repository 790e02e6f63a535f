package org.ticketing.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.Session;

/** A user's token, renewed shortly before it expires. Safe for several threads. */
final class SignIn implements Supplier<String> {

  private static final Duration RENEWAL = Duration.ofSeconds(5);

  private final UserApi users;
  private final Credentials credentials;
  private volatile Session session;

  SignIn(UserApi users, String email, String password) {
    this.users = users;
    this.credentials = new Credentials(email, password);
  }

  @Override
  public String get() {
    Session current = session;
    return isFresh(current) ? current.token() : renewed();
  }

  private synchronized String renewed() {
    if (!isFresh(session)) {
      session = users.logIn(credentials);
    }
    return session.token();
  }

  private static boolean isFresh(Session session) {
    return session != null && Instant.now().isBefore(session.expiresAt().minus(RENEWAL));
  }
}
