package org.ticketing.testing;

import java.util.UUID;
import org.ticketing.client.PublicApis;

/** A user and what they can do, signed in. */
public record Customer(UUID id, PublicApis apis) {

  public long balance() {
    return apis.points().wallet(id).balance();
  }

  public long reserved() {
    return apis.points().wallet(id).reserved();
  }
}
