package org.ticketing.development;

import static java.util.stream.Collectors.partitioningBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import org.ticketing.platform.Service;
import org.ticketing.stack.container.Image;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.DomainApplication;

/**
 * Runs services from an IDE, in one process and without a protocol: on a database of their own in a
 * container, with keys of their own. Payments are only recorded.
 *
 * <p>The arguments are names of services, without which all are run, and properties in the form
 * {@code --server.port=8081}. A service that is not run is reached at its property {@code
 * spring.http.serviceclient.<service>.base-url}, if it is set.
 */
public final class ServiceInDevelopment {

  private static final List<String> ALL = Stream.of(Service.values()).map(Service::id).toList();

  /** Its tables are made for MySQL, too. */
  private static final List<String> POINT_ALONE = List.of("point");

  private final List<String> services;
  private final List<List<String>> processes = new ArrayList<>();
  private final SystemKeys keys = SystemKeys.generate();

  /**
   * @throws IllegalArgumentException if there is no service of one of these names
   */
  ServiceInDevelopment(List<String> services) {
    if (!ALL.containsAll(services)) {
      throw new IllegalArgumentException(
          "Name services: %s; not %s.".formatted(String.join(", ", ALL), services));
    }
    this.services = services;
    processes.add(services);
    ALL.stream()
        .filter(service -> !services.contains(service))
        .forEach(service -> processes.add(List.of(service)));
  }

  public static void main(String[] arguments) {
    Map<Boolean, List<String>> areProperties =
        Stream.of(arguments).collect(partitioningBy(argument -> argument.startsWith("--")));
    List<String> named = areProperties.get(false);
    var development = new ServiceInDevelopment(named.isEmpty() ? ALL : named);
    development.tell(url(development.start(areProperties.get(true))));
  }

  /**
   * Starts them, and their database.
   *
   * @param options properties in the form of arguments, which come before others
   */
  ConfigurableApplicationContext start(Collection<String> options) {
    Map<String, String> properties = properties();
    options.forEach(option -> properties.remove(option.substring(2).replaceFirst("(?s)=.*", "")));
    List<String> arguments = new ArrayList<>(options);
    properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return SpringApplication.from(own -> SpringApplication.run(DomainApplication.class, own))
        .with(isOnMysql() ? Mysql.class : Postgresql.class)
        .run(arguments.toArray(String[]::new))
        .getApplicationContext();
  }

  private boolean isOnMysql() {
    return services.equals(POINT_ALONE);
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(keys.properties(services, processes));
    properties.put("ticketing.services", String.join(",", services));
    // Says which kind of database it is. That of the container takes its place.
    properties.put("spring.datasource.url", isOnMysql() ? "jdbc:mysql:" : "jdbc:postgresql:");
    properties.put("server.address", "127.0.0.1");
    properties.put("springdoc.api-docs.enabled", "true");
    properties.put("springdoc.swagger-ui.enabled", "true");
    properties.put("ticketing.partner.allow-local-addresses", "true");
    properties.put("logging.level.root", "INFO");
    return properties;
  }

  /** Where a process that was started is reached. */
  static String url(ConfigurableApplicationContext process) {
    return "http://127.0.0.1:" + process.getEnvironment().getProperty("local.server.port");
  }

  /** What the APIs ask for. */
  String operatorToken() {
    return Bearer.user(
        keys.userTokens(), UUID.randomUUID(), Instant.now().plus(Duration.ofDays(1)), "OPERATOR");
  }

  private String paymentToken() {
    return Bearer.service(keys.serviceToken("payment", processes), services.get(0));
  }

  private void tell(String url) {
    System.out.printf("%nservices          %s at %s%n", String.join(", ", services), url);
    System.out.printf("APIs              %s/swagger-ui/index.html%n", url);
    System.out.printf("operator's token  %s (for a day)%n", operatorToken());
    System.out.printf("payment's token   %s (for ten minutes)%n", paymentToken());
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Postgresql {

    @Bean
    @ServiceConnection
    PostgreSQLContainer database() {
      return new PostgreSQLContainer(name(Image.POSTGRESQL, PostgreSQLContainer.IMAGE));
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Mysql {

    @Bean
    @ServiceConnection
    MySQLContainer database() {
      return new MySQLContainer(name(Image.MYSQL, MySQLContainer.NAME))
          .withUrlParam("allowPublicKeyRetrieval", "true");
    }
  }

  /** Testcontainers accepts that of a mirror only if it is told what the image is. */
  private static DockerImageName name(Image image, String original) {
    return DockerImageName.parse(image.reference()).asCompatibleSubstituteFor(original);
  }
}
