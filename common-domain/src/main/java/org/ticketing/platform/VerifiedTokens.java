package org.ticketing.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Verifies each token once and remembers its caller until it expires. Tokens are never revoked, so
 * that a verified one stays valid until then.
 */
class VerifiedTokens implements AuthenticationManager {

  private static final int MOST = 10_000;

  private final AuthenticationManager verification;
  private final Cache<String, Authentication> verified;

  VerifiedTokens(AuthenticationManager verification, Clock clock) {
    this.verification = verification;
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(
                Expiry.creating((String token, Authentication caller) -> left(caller, clock)))
            .build();
  }

  private static Duration left(Authentication caller, Clock clock) {
    Instant end = ((JwtAuthenticationToken) caller).getToken().getExpiresAt();
    return end == null ? Duration.ZERO : Duration.between(clock.instant(), end);
  }

  @Override
  public Authentication authenticate(Authentication presented) throws AuthenticationException {
    String token = ((BearerTokenAuthenticationToken) presented).getToken();
    return verified.get(token, unknown -> verification.authenticate(presented));
  }
}
