package org.ticketing.partner;

import java.net.URI;
import java.util.UUID;

/**
 * A platform, as it is delivered to.
 *
 * @param failures of the delivery that fails at present
 */
record Partner(UUID id, URI url, String secret, int failures) {

  @Override
  public String toString() {
    return "Partner " + id;
  }
}
