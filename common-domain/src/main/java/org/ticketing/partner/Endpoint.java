package org.ticketing.partner;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.ticketing.platform.Refusal;

/** Where sales can be posted to. */
final class Endpoint {

  private static final int LONGEST = 2000;
  private static final int LAST_PORT = 65535;

  private Endpoint() {}

  /** Refused with {@code invalid-request}. */
  static void require(URI url) {
    boolean http =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null
        || url.getPort() == 0
        || url.getPort() > LAST_PORT
        || url.toString().length() > LONGEST) {
      throw new Refusal(
          "invalid-request",
          HttpStatus.BAD_REQUEST,
          "url must be an absolute http or https address with a host and without a user.");
    }
  }
}
