package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class VerifiedTokensTest {

  private final AuthenticationManager verification = mock();
  private final VerifiedTokens tokens = new VerifiedTokens(verification, Clock.systemUTC());

  @Test
  void aTokenIsVerifiedOnce() {
    when(verification.authenticate(any())).thenReturn(callerFor(Duration.ofMinutes(5)));

    Authentication caller = tokens.authenticate(presented("a"));

    assertThat(tokens.authenticate(presented("a"))).isSameAs(caller);
    verify(verification).authenticate(any());
  }

  @Test
  void everyTokenIsVerifiedOnItsOwn() {
    when(verification.authenticate(any())).thenReturn(callerFor(Duration.ofMinutes(5)));

    tokens.authenticate(presented("a"));
    tokens.authenticate(presented("b"));

    verify(verification, times(2)).authenticate(any());
  }

  @Test
  void anExpiredTokenIsVerifiedAgain() {
    when(verification.authenticate(any()))
        .thenReturn(callerFor(Duration.ZERO))
        .thenThrow(new InvalidBearerTokenException("expired"));

    tokens.authenticate(presented("a"));

    assertThatExceptionOfType(InvalidBearerTokenException.class)
        .isThrownBy(() -> tokens.authenticate(presented("a")));
  }

  @Test
  void aRefusedTokenIsNotRemembered() {
    when(verification.authenticate(any())).thenThrow(new InvalidBearerTokenException("forged"));

    for (int time = 0; time < 2; time++) {
      assertThatExceptionOfType(InvalidBearerTokenException.class)
          .isThrownBy(() -> tokens.authenticate(presented("a")));
    }

    verify(verification, times(2)).authenticate(any());
  }

  private static Authentication presented(String token) {
    return new BearerTokenAuthenticationToken(token);
  }

  private static Authentication callerFor(Duration left) {
    Instant now = Instant.now();
    return new JwtAuthenticationToken(
        Jwt.withTokenValue("token")
            .header("alg", "HS256")
            .subject("somebody")
            .issuedAt(now.minusSeconds(60))
            .expiresAt(now.plus(left))
            .build());
  }
}
