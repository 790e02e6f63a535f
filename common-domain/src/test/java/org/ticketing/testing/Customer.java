package org.ticketing.testing;

import java.util.UUID;
import org.ticketing.point.PointApi;

/** A user and what they can do, signed in. */
public record Customer(UUID id, Apis apis) {

  public <T> T api(Class<T> type) {
    return apis.api(type);
  }

  public long balance() {
    return api(PointApi.class).wallet(id).balance();
  }

  public long reserved() {
    return api(PointApi.class).wallet(id).reserved();
  }
}
