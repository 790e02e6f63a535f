package org.ticketing.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfiguration;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;

/** Runs the services of {@link DomainApplication} on a database of a real server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = DomainApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"server.address=127.0.0.1", "ticketing.partner.timeout=10m"})
public @interface OnRealDatabase {

  /**
   * The services that share a key, as in the split systems. A process that hosts all services signs
   * as the first of these, and accepts the tokens of all of them.
   */
  List<List<String>> PROCESSES =
      List.of(
          List.of("user", "concert", "queue", "seat", "partner"),
          List.of("reservation"),
          List.of("point"),
          List.of("payment"));

  /** Everything on PostgreSQL, as in the monolith. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @OnRealDatabase
  @ContextConfiguration(initializers = PostgresqlDatabase.class)
  @interface Postgresql {}

  /** The point service alone on MySQL, as in the split systems. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @OnRealDatabase
  @ContextConfiguration(initializers = MysqlDatabase.class)
  @interface Mysql {}

  class PostgresqlDatabase extends Database {
    PostgresqlDatabase() {
      super("user", "concert", "queue", "seat", "reservation", "point", "payment", "partner");
    }

    @Override
    DatabaseServer server() {
      return Servers.get().postgres();
    }
  }

  class MysqlDatabase extends Database {
    MysqlDatabase() {
      super("point");
    }

    @Override
    DatabaseServer server() {
      return Servers.get().mysql();
    }
  }

  /** A fresh database for each application context. */
  abstract class Database implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static int number;

    private final List<String> services;

    Database(String... services) {
      this.services = List.of(services);
    }

    abstract DatabaseServer server();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      JdbcAccess database = server().createDatabase("domain_" + ++number);
      Map<String, Object> properties =
          new HashMap<>(Servers.get().keys().properties(services, PROCESSES));
      properties.put("ticketing.services", String.join(",", services));
      properties.put("spring.datasource.url", database.url());
      properties.put("spring.datasource.username", database.user());
      properties.put("spring.datasource.password", database.password());
      properties.put("spring.http.serviceclient.user.base-url", "http://127.0.0.1:1");
      MutablePropertySources sources = context.getEnvironment().getPropertySources();
      sources.addFirst(new MapPropertySource("real database", properties));
      sources.addLast(new MapPropertySource("test settings", Map.copyOf(TestSettings.ALL)));
    }
  }

  /** The servers, which are started once and end with this JVM. */
  final class Servers {

    private static LocalStack stack;

    private Servers() {}

    /** The token with which one service calls another. */
    public static String token(String caller, String called) {
      return Bearer.service(get().keys().serviceToken(caller, PROCESSES), called);
    }

    public static synchronized LocalStack get() {
      if (stack == null) {
        stack = LocalStack.start(StackOptions.forServers(Set.of("postgresql", "mysql")));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
      }
      return stack;
    }
  }
}
