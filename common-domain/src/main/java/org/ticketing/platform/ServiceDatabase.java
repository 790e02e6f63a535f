package org.ticketing.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.ticketing.platform.tracking.Waiters;

/**
 * Configures the one database of a process. On PostgreSQL each hosted service has a schema of its
 * own. All of them are on the search path, so that SQL names only tables and runs unchanged on
 * MySQL, where a schema is a database.
 */
@Configuration(proxyBeanMethods = false)
class ServiceDatabase {

  /** The schema of the tables that jobs and the log of transactions need. */
  private static final String PLATFORM = "platform";

  /** The schema of what a commit protocol adds to its participants and to its coordinator. */
  private static final String PROTOCOL = "protocol";

  /** How often the pool uses a connection that nobody else does. It takes no shorter time. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(30);

  private enum Vendor {
    POSTGRESQL(LockedTables.POSTGRESQL),
    MYSQL(LockedTables.MYSQL);

    private final LockedTables locked;

    Vendor(LockedTables locked) {
      this.locked = locked;
    }

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
  private static Map<String, List<String>> migrations(Environment environment) {
    String vendor = "/" + Vendor.of(environment).id();
    Set<Service> hosted = Service.hosted(environment);
    Map<String, List<String>> locations = new LinkedHashMap<>();
    locations.put(PLATFORM, existing("db/platform" + vendor));
    for (Service service : hosted) {
      locations.put(service.id(), existing("db/migration/" + service.id() + vendor));
    }
    locations.put(
        PROTOCOL,
        hosted.contains(Service.PAYMENT)
            ? existing("db/protocol" + vendor, "db/coordinator" + vendor)
            : existing("db/protocol" + vendor));
    locations.values().removeIf(List::isEmpty);
    return locations;
  }

  private static List<String> existing(String... locations) {
    return Stream.of(locations)
        .filter(location -> new ClassPathResource(location).exists())
        .toList();
  }

  @Bean
  Ids ids(Environment environment) {
    return Vendor.of(environment) == Vendor.MYSQL ? UUID::toString : id -> id;
  }

  @Bean
  ConflictClause conflictClause(Environment environment) {
    return Vendor.of(environment) == Vendor.MYSQL
        ? key -> "ON DUPLICATE KEY UPDATE %1$s = %1$s".formatted(key)
        : key -> "ON CONFLICT (%s) DO NOTHING".formatted(key);
  }

  @Bean
  Waiters waiters(Environment environment, JdbcClient jdbc) {
    return Vendor.of(environment) == Vendor.MYSQL
        ? Waiters.onMysql(jdbc)
        : Waiters.onPostgresql(jdbc);
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
          if (Vendor.of(environment) == Vendor.MYSQL) {
            pool.setKeepaliveTime(KEEPALIVE.toMillis());
          }
          boundedSettings(environment, timeouts).forEach(pool::addDataSourceProperty);
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
              // Statements are not traced, but the driver would begin a span for each.
              "openTelemetry", "DISABLED",
              "cachePrepStmts", "true");
    };
  }

  /**
   * Ends connections that go silent, from both sides: here, so that no thread waits for ever, and
   * in the database, so that the transaction of a client that has vanished keeps nothing locked.
   */
  private static Map<String, String> boundedSettings(Environment environment, Timeouts timeouts) {
    Map<String, String> settings = new HashMap<>(sessionSettings(environment, timeouts));
    switch (Vendor.of(environment)) {
      case POSTGRESQL -> {
        settings.put("connectTimeout", seconds(timeouts.connect()));
        settings.put("socketTimeout", seconds(timeouts.database()));
        settings.put("tcpKeepAlive", "true");
        settings.merge(
            "options",
            " -c idle_in_transaction_session_timeout=" + timeouts.idleTransaction().toMillis(),
            String::concat);
      }
      case MYSQL -> {
        settings.put("connectTimeout", String.valueOf(timeouts.connect().toMillis()));
        settings.put("socketTimeout", String.valueOf(timeouts.database().toMillis()));
        // MySQL has no timeout for idle transactions alone. Idle connections are kept alive by the
        // pool.
        settings.merge(
            "sessionVariables",
            ",wait_timeout=" + seconds(KEEPALIVE.plus(timeouts.idleTransaction())),
            String::concat);
      }
    }
    return settings;
  }

  /** Rounded up, because 0 stands for no limit. */
  private static String seconds(Duration time) {
    return String.valueOf(time.plusMillis(999).toSeconds());
  }

  /** For rows, and for tables that are being migrated, for which MySQL by default waits a year. */
  private static String lockTimeouts(long seconds) {
    return "innodb_lock_wait_timeout=" + seconds + ",lock_wait_timeout=" + seconds;
  }

  /** Quoted, because "user" is a reserved word. */
  private static String quoted(String schema) {
    return '"' + schema + '"';
  }

  /** With one history of migrations for each service. */
  @Bean
  Migrations migrationsOfServices(Environment environment) {
    Vendor vendor = Vendor.of(environment);
    return new Migrations(
        settings ->
            migrations(environment).entrySet().stream()
                .map(history -> history(history.getKey(), history.getValue(), settings, vendor))
                .toList(),
        vendor.locked);
  }

  private static Flyway history(
      String schema, List<String> locations, Flyway settings, Vendor vendor) {
    FluentConfiguration history =
        Flyway.configure()
            .configuration(settings.getConfiguration())
            .locations(
                locations.stream().map(location -> "classpath:" + location).toArray(String[]::new));
    if (vendor == Vendor.MYSQL) {
      history.table("flyway_" + schema).baselineOnMigrate(true).baselineVersion("0");
    } else {
      history.schemas(schema);
    }
    return history.load();
  }

  @Bean
  WebMvcConfigurer answersAfterMigrations(Migrations migrations) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(migrations);
      }
    };
  }

  /** For migrations: neither they nor who waits for them is to be cut off for taking long. */
  @Bean(defaultCandidate = false)
  @FlywayDataSource
  SimpleDriverDataSource migrating(DataSource dataSource, Environment environment)
      throws SQLException {
    HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
    SimpleDriverDataSource patient =
        DataSourceBuilder.derivedFrom(pool).type(SimpleDriverDataSource.class).build();
    Properties settings = new Properties();
    settings.putAll(sessionSettings(environment, Timeouts.of(environment)));
    patient.setConnectionProperties(settings);
    return patient;
  }
}
