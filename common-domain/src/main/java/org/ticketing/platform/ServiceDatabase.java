package org.ticketing.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;

/**
 * Configures the one database of a process. On PostgreSQL each hosted service has a schema of its
 * own. All of them are on the search path, so that SQL names only tables and runs unchanged on
 * MySQL, where a schema is a database.
 */
@Configuration(proxyBeanMethods = false)
class ServiceDatabase {

  /** The schema of the tables that jobs need. */
  private static final String PLATFORM = "platform";

  /** The schema of what a commit protocol adds to every participant. */
  private static final String PROTOCOL = "protocol";

  private enum Vendor {
    POSTGRESQL,
    MYSQL;

    static Vendor of(Environment environment) {
      String url = environment.getRequiredProperty("spring.datasource.url");
      return Stream.of(values())
          .filter(vendor -> url.startsWith("jdbc:" + vendor.id() + ":"))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "spring.datasource.url must begin with jdbc:postgresql: or jdbc:mysql:"));
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The locations of the migrations by schema, in the order in which they run. */
  private static Map<String, String> migrations(Environment environment) {
    String vendor = Vendor.of(environment).id();
    Map<String, String> locations = new LinkedHashMap<>();
    locations.put(PLATFORM, "db/platform/" + vendor);
    for (Service service : Service.hosted(environment)) {
      locations.put(service.id(), "db/migration/" + service.id() + "/" + vendor);
    }
    locations.put(PROTOCOL, "db/protocol/" + vendor);
    locations.values().removeIf(location -> !new ClassPathResource(location).exists());
    return locations;
  }

  @Bean
  Ids ids(Environment environment) {
    return Vendor.of(environment) == Vendor.MYSQL ? UUID::toString : id -> id;
  }

  @Bean
  static BeanPostProcessor databaseSessions(Environment environment) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
          Timeouts timeouts = Timeouts.of(environment);
          pool.setConnectionTimeout(timeouts.connection().toMillis());
          // Whether a connection still works is found out while a thread waits for one.
          pool.setValidationTimeout(timeouts.connect().toMillis());
          sessionSettings(environment, timeouts).forEach(pool::addDataSourceProperty);
        }
        return bean;
      }
    };
  }

  private static Map<String, String> sessionSettings(Environment environment, Timeouts timeouts) {
    Set<String> schemas = migrations(environment).keySet();
    return switch (Vendor.of(environment)) {
      case POSTGRESQL ->
          Map.of(
              "currentSchema",
              schemas.stream().map(ServiceDatabase::quoted).collect(Collectors.joining(",")),
              "options",
              "-c lock_timeout=" + timeouts.lock().toMillis());
      case MYSQL ->
          Map.of(
              "sessionVariables", lockTimeouts(timeouts.lock().toSeconds()),
              "connectionTimeZone", "UTC",
              "forceConnectionTimeZoneToSession", "true",
              "useLocalSessionState", "true",
              "cachePrepStmts", "true");
    };
  }

  /** For rows, and for tables that are being migrated, for which MySQL by default waits a year. */
  private static String lockTimeouts(long seconds) {
    return "innodb_lock_wait_timeout=" + seconds + ",lock_wait_timeout=" + seconds;
  }

  /** Quoted, because "user" is a reserved word. */
  private static String quoted(String schema) {
    return '"' + schema + '"';
  }

  @Bean
  FlywayMigrationStrategy oneHistoryPerService(Environment environment) {
    Vendor vendor = Vendor.of(environment);
    return flyway ->
        migrations(environment)
            .forEach(
                (schema, location) -> {
                  var migration =
                      Flyway.configure()
                          .configuration(flyway.getConfiguration())
                          .locations("classpath:" + location);
                  if (vendor == Vendor.MYSQL) {
                    migration
                        .table("flyway_" + schema)
                        .baselineOnMigrate(true)
                        .baselineVersion("0");
                  } else {
                    migration.schemas(schema);
                  }
                  migration.load().migrate();
                });
  }
}
