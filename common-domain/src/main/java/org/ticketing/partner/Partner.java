package org.ticketing.partner;

import java.net.URI;
import java.util.UUID;

/**
 * What a delivery needs to know of a partner.
 *
 * @param failures how often the delivery that is due has failed
 */
record Partner(UUID id, URI url, String secret, int failures) {

  @Override
  public String toString() {
    return "Partner " + id;
  }
}
