package org.ticketing.partner;

import java.net.URI;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** Checks the addresses that partners want sales posted to. */
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
          Reason.INVALID_REQUEST,
          "url must be an absolute http or https address with a host and without a user.");
    }
  }
}
