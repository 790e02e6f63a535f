package org.ticketing.payment;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of asynchronous payment as they come, but for those that a test names. */
final class AsynchronySettings {

  private static final String PREFIX = "ticketing.payment.asynchronous";

  private AsynchronySettings() {}

  static Asynchrony with(Map<String, String> named) {
    Map<String, String> properties = new HashMap<>();
    named.forEach((name, value) -> properties.put(PREFIX + "." + name, value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(PREFIX, Asynchrony.class);
  }
}
