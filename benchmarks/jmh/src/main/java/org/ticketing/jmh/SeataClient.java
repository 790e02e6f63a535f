package org.ticketing.jmh;

import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.ticketing.stack.server.Server;

/** Seata's client in this JVM, with the settings of the systems. */
public final class SeataClient {

  private SeataClient() {}

  /** Starts an application, from whose settings Seata's client takes its own. */
  public static ConfigurableApplicationContext start(Class<?> configuration, String... settings) {
    return new SpringApplicationBuilder(configuration)
        .web(WebApplicationType.NONE)
        .run(
            Stream.concat(
                    Stream.of(
                        "--spring.application.name=jmh",
                        "--spring.main.banner-mode=off",
                        // Not the application.yml of one of the systems, which are all here.
                        "--spring.config.location=classpath:seata-client.yml",
                        "--logging.level.org.apache.seata=ERROR",
                        "--seata.enable-auto-data-source-proxy=false"),
                    Stream.of(settings))
                .toArray(String[]::new));
  }

  /** The setting that names the server. */
  public static String of(Server server) {
    return "--seata.service.grouplist.default=127.0.0.1:" + server.process().port();
  }
}
