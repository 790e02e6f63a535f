package org.ticketing.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Reads what {@code ticketing-defaults.properties} says about logging, which is set up before the
 * rest of that file is read with the {@link TicketingApplication}.
 */
class LoggingDefaults implements EnvironmentPostProcessor {

  private static final String FILE = "ticketing-defaults.properties";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> defaults = new HashMap<>();
    try {
      PropertiesLoaderUtils.loadProperties(new ClassPathResource(FILE))
          .forEach((name, value) -> defaults.put((String) name, value));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
    defaults.keySet().removeIf(name -> !name.startsWith("logging."));
    environment.getPropertySources().addLast(new MapPropertySource("logging defaults", defaults));
  }
}
