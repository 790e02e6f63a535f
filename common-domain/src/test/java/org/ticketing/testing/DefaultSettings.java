package org.ticketing.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;
import org.ticketing.platform.Timeouts;

/** What the processes of a system are configured with as long as nobody sets anything. */
public final class DefaultSettings {

  private final ConfigurableEnvironment settings = new StandardEnvironment();

  /** Those of the module whose tests are running: its {@code application.yml} and the defaults. */
  public DefaultSettings() {
    settings
        .getPropertySources()
        .forEach(outside -> settings.getPropertySources().remove(outside.getName()));
    ConfigDataEnvironmentPostProcessor.applyTo(settings);
    try {
      settings
          .getPropertySources()
          .addLast(new ResourcePropertySource("classpath:ticketing-defaults.properties"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public Timeouts timeouts() {
    return Timeouts.of(settings);
  }

  /** The settings under a prefix as their record has them, with its defaults. */
  public <T> T bound(String prefix, Class<T> type) {
    return Binder.get(settings).bindOrCreate(prefix, type);
  }

  /** A property that has to be there, in any unit of time. */
  public Duration duration(String name) {
    return Binder.get(settings).bind(name, Duration.class).get();
  }
}
