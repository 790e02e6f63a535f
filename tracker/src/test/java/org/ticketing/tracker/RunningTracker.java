package org.ticketing.tracker;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The tracker on a free port, before invented services. */
final class RunningTracker implements AutoCloseable {

  private final Locale language = Locale.getDefault();
  private final ConfigurableApplicationContext application;

  RunningTracker(InventedServices services, String... arguments) {
    application =
        SpringApplication.run(
            TrackerApplication.class,
            Stream.of(
                    services.arguments(),
                    Stream.of(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=WARN"),
                    Stream.of(arguments))
                .flatMap(each -> each)
                .toArray(String[]::new));
  }

  URI at(String path) {
    int port = ((WebServerApplicationContext) application).getWebServer().getPort();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    application.close();
    Locale.setDefault(language);
  }
}
