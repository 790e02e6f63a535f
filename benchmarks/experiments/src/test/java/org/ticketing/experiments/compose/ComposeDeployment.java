package org.ticketing.experiments.compose;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ticketing.experiments.load.Target;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Database;
import org.ticketing.verification.audit.DatabasesElsewhere;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.verification.contract.Shop;
import org.ticketing.verification.contract.TestedSystem;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;
import tools.jackson.databind.json.JsonMapper;

/**
 * A system as users deploy it: the containers of {@code docker/compose.yaml} with the profile of
 * that name, in a Compose project of its own.
 */
final class ComposeDeployment implements TestedSystem {

  /** The system property with further Compose files of that folder, separated by colons. */
  private static final String FILES = "ticketing.compose-files";

  private static final int PORT = 8080;
  private static final int POSTGRES_PORT = 5432;
  private static final int MYSQL_PORT = 3306;

  /** Who may read all databases, and change nothing. */
  private static final String AUDITOR = "auditor";

  private static final JsonMapper JSON = new JsonMapper();

  /** What our own image runs beside the services: the fixed ports of all of them. */
  private static final String FRONT = "front";

  private final SystemDescription system;
  private final Path folder;
  private final List<String> compose;
  private List<Container> containers = List.of();
  private UnaryOperator<String> urls;
  private PublicApis visitor;
  private PublicApis operator;
  private SystemDatabases databases;
  private Shop shop;

  private ComposeDeployment(SystemDescription system, Extent extent, Path settings) {
    String project = "ticketing-test-%s-%s".formatted(system.name(), extent.name());
    this.system = system;
    this.folder = Path.of(System.getProperty(StackOptions.HOME_PROPERTY), "docker");
    this.compose = new ArrayList<>(List.of("compose", "-p", project, "--profile", system.name()));
    Stream.of(
            Stream.of("compose.yaml").map(this::file),
            extent.files().stream().map(this::file),
            Stream.of(System.getProperty(FILES, "").split(":"))
                .filter(file -> !file.isBlank())
                .map(this::file),
            Stream.of(settings.toString()))
        .flatMap(files -> files)
        .forEach(file -> compose.addAll(List.of("-f", file)));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /**
   * Builds the images, starts the containers, and returns when a payment has completed.
   *
   * @param temporary a folder for a file with settings; exists as long as the deployment
   */
  static ComposeDeployment up(SystemDescription system, Extent extent, Path temporary) {
    ComposeDeployment deployment =
        new ComposeDeployment(system, extent, settings(system, temporary));
    try {
      deployment.up(extent.scale());
      return deployment;
    } catch (RuntimeException | Error failure) {
      try {
        String logs = deployment.compose("logs", "--tail", "40");
        failure.addSuppressed(new IllegalStateException(logs));
        deployment.close();
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** The settings under which payments are compared, in a Compose file. */
  private static Path settings(SystemDescription system, Path temporary) {
    Map<String, String> settings = new HashMap<>(BoxOffice.SETTING);
    settings.put("ticketing.partner.allow-local-addresses", "true");
    Map<String, String> environment = new TreeMap<>();
    settings.forEach(
        (name, value) ->
            environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    Map<String, Object> services = new TreeMap<>();
    hosts(system).forEach(name -> services.put(name, Map.of("environment", environment)));
    Path file = temporary.resolve("settings.json");
    JSON.writeValue(file.toFile(), Map.of("services", services));
    return file;
  }

  /** The names that the Compose file has for what hosts the services. */
  private static List<String> hosts(SystemDescription system) {
    return system.isOneProcess() ? List.of(system.name()) : SystemDescription.SERVICES;
  }

  private void up(Map<String, Integer> scale) {
    makeSecrets();
    compose("build");
    List<String> up = new ArrayList<>(List.of("up", "--detach", "--wait", "--wait-timeout", "300"));
    scale.forEach((service, number) -> up.addAll(List.of("--scale", service + "=" + number)));
    compose(up.toArray(String[]::new));
    containers = running();
    urls = target().urls();
    visitor = PublicApis.at(urls, Connections.ofApis());
    operator = visitor.as(SystemKeys.OPERATOR, secret("operator-password"));
    databases = reachDatabases();
    shop = new Shop(this);
    awaitWorking();
  }

  private String compose(String... command) {
    return Docker.run(Stream.concat(compose.stream(), Stream.of(command)).toList());
  }

  private List<Container> running() {
    return compose("ps", "--quiet")
        .lines()
        .map(id -> new Container(id, label(id, "com.docker.compose.service")))
        .sorted(
            Comparator.comparing(Container::service)
                .thenComparing(one -> label(one.id(), "com.docker.compose.container-number")))
        .toList();
  }

  private static String label(String id, String name) {
    String format = "{{index .Config.Labels \"%s\"}}".formatted(name);
    return Docker.run("inspect", "--format", format, id);
  }

  /** All containers that run, also those of servers. */
  List<Container> containers() {
    return containers;
  }

  /** Those that host a service, or those of another name in the Compose file. */
  List<Container> containers(String service) {
    boolean isHosted = system.isOneProcess() && SystemDescription.SERVICES.contains(service);
    String name = isHosted ? system.name() : service;
    return containers.stream().filter(one -> one.service().equals(name)).toList();
  }

  /** Those that run our own image. */
  List<Container> ownContainers() {
    return containers.stream()
        .filter(one -> one.service().equals(FRONT) || hosts(system).contains(one.service()))
        .toList();
  }

  /** The URL of a service, whichever instance answers. */
  String url(String service) {
    return urls.apply(service);
  }

  private Target target() {
    return Target.of(
        system.isOneProcess()
            ? "http://" + published(system.name(), PORT)
            : file("target.properties"));
  }

  @Override
  public PublicApis visitor() {
    return visitor;
  }

  @Override
  public PublicApis operator() {
    return operator;
  }

  @Override
  public SystemDatabases databases() {
    return databases;
  }

  @Override
  public Database database(String service) {
    return new Database(databases.ofServices().get(service));
  }

  /** Seata's server can be asked by the containers alone that need it. */
  private SystemDatabases reachDatabases() {
    Map<String, JdbcAccess> servers = new HashMap<>();
    servers.put(
        "postgresql", access("jdbc:postgresql://%s/", published("postgres", POSTGRES_PORT)));
    if (system.allServers().contains("mysql")) {
      servers.put(
          "mysql",
          access("jdbc:mysql://%s/?allowPublicKeyRetrieval=true", published("mysql", MYSQL_PORT)));
    }
    return new DatabasesElsewhere(system, servers, Map.of()).reached("", Map.of());
  }

  private JdbcAccess access(String url, String address) {
    return new JdbcAccess(url.formatted(address), AUDITOR, secret(AUDITOR + "-password"));
  }

  private String published(String service, int port) {
    return containers(service).get(0).published(port);
  }

  private void makeSecrets() {
    try {
      Process script = new ProcessBuilder(file("secrets.sh")).inheritIO().start();
      if (script.waitFor() != 0) {
        throw new IllegalStateException("docker/secrets.sh: exit code " + script.exitValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The values of all secrets. */
  List<String> secrets() {
    try (Stream<Path> files = Files.list(secretFolder())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> secret(file.getFileName().toString()))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String secret(String name) {
    try {
      return Files.readString(secretFolder().resolve(name)).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path secretFolder() {
    return folder.resolve("secrets");
  }

  @Override
  public Outage kill(String... services) {
    List<Container> killed =
        Stream.of(services).flatMap(name -> containers(name).stream()).distinct().toList();
    killed.forEach(Container::kill);
    return () -> {
      killed.forEach(Container::start);
      awaitWorking();
    };
  }

  /** Waits until all containers are healthy, and a payment completes. */
  void awaitWorking() {
    containers.forEach(Container::awaitHealthy);
    await("a payment")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(
            () -> {
              shop.awaitFirstPayment();
              return true;
            });
  }

  /** Removes the containers with their data. */
  @Override
  public void close() {
    compose("down", "--volumes", "--remove-orphans");
  }
}
