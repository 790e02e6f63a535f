package org.ticketing.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Lets in who reads the metrics, with a token that is for nothing else. Metrics tell strangers how
 * much is sold, so as long as no token is set nobody may read them. A port of its own would keep
 * strangers out as well, but would take a second web server in each process, and move the health
 * checks along.
 */
class ScrapeToken {

  /** The property that holds it. No default. */
  static final String PROPERTY = "ticketing.security.scrape-token";

  /** Where metrics are read. */
  static final String PATH = "/actuator/prometheus";

  private final byte[] token;

  ScrapeToken(@Value("${" + PROPERTY + ":}") String token) {
    this.token = bytes(token);
  }

  /**
   * @throws InvalidBearerTokenException it is another one, or none is set
   */
  Authentication authenticate(Authentication presented) {
    byte[] candidate = bytes(((BearerTokenAuthenticationToken) presented).getToken());
    if (token.length == 0 || !MessageDigest.isEqual(token, candidate)) {
      throw new InvalidBearerTokenException("not the token for metrics");
    }
    return UsernamePasswordAuthenticationToken.authenticated(
        "metrics", null, List.of(Role.SCRAPER.authority()));
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}
