package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class ScrapeTokenTest {

  @Test
  void whoHasItMayReadMetricsAndNothingElse() {
    Authentication caller = new ScrapeToken("secret").authenticate(presented("secret"));

    assertThat(caller.isAuthenticated()).isTrue();
    assertThat(caller.getAuthorities()).hasSize(1);
    assertThat(Role.SCRAPER.isOf(caller)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"secret, other", "secret, secre", "secret, secret2", "'', other"})
  void anyOtherIsRefusedAndEveryOneIfNoneIsSet(String token, String presented) {
    assertThatExceptionOfType(InvalidBearerTokenException.class)
        .isThrownBy(() -> new ScrapeToken(token).authenticate(presented(presented)));
  }

  private static Authentication presented(String token) {
    return new BearerTokenAuthenticationToken(token);
  }
}
