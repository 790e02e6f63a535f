package org.ticketing.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the processes of one system what they host, where their data is and where the others are.
 */
final class ServiceLaunch {

  /** The service whose process shows the API documents of all. */
  private static final String API_PAGE = "user";

  /** Each instance has one of its own, and recovers what is its own alone. */
  private static final String COORDINATOR_NAME = "ticketing.xa.coordinator.name";

  private static final Duration START_DEADLINE = Duration.ofSeconds(180);

  private static final String DEBUGGER =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:";

  private final Run run;
  private final Variant variant;
  private final Map<ProcessRole, Integer> ports;
  private final SystemKeys keys;
  private final Optional<SeataServer> seata;
  private final StartCache cache;
  private final Set<String> debugged;

  ServiceLaunch(
      Run run,
      Variant variant,
      Map<ProcessRole, Integer> ports,
      SystemKeys keys,
      Optional<SeataServer> seata,
      StartCache cache,
      Set<String> debugged) {
    this.run = run;
    this.variant = variant;
    this.ports = ports;
    this.keys = keys;
    this.seata = seata;
    this.cache = cache;
    this.debugged = debugged;
  }

  /** With which the names of a system's coordinators begin. */
  static String coordinatorName(Run run, Variant variant) {
    return run.id() + "-" + variant.id();
  }

  /** A process that has not been started yet. */
  StackProcess prepare(ProcessRole role, JdbcAccess database, Map<String, String> extra) {
    return prepare(role, name(role), ports.get(role), database, extra);
  }

  /** One more instance of a process, likewise. */
  StackProcess prepareAnother(
      ProcessRole role, int number, int port, JdbcAccess database, Map<String, String> extra) {
    Map<String, String> own = new HashMap<>(extra);
    if (variant == Variant.XA) {
      own.put(COORDINATOR_NAME, coordinatorName(run, variant) + "-" + number);
    }
    return prepare(role, name(role) + "-" + number, port, database, own);
  }

  private StackProcess prepare(
      ProcessRole role, String name, int port, JdbcAccess database, Map<String, String> extra) {
    OptionalInt debugPort =
        debugged.contains(role.process()) ? OptionalInt.of(run.ports().any()) : OptionalInt.empty();
    String url = url(port);
    return run.prepareService(
        name,
        () -> command(name, role, port, database, extra, debugPort),
        port,
        debugPort,
        () -> Health.isReady(url),
        START_DEADLINE);
  }

  private String name(ProcessRole role) {
    return variant == Variant.MONOLITH ? variant.id() : variant.id() + "-" + role.process();
  }

  private Command command(
      String name,
      ProcessRole role,
      int port,
      JdbcAccess database,
      Map<String, String> extra,
      OptionalInt debugPort) {
    Map<String, String> properties = properties(role, name, port, database);
    properties.putAll(extra);
    List<String> arguments = new ArrayList<>();
    properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    Map<String, String> secrets = new HashMap<>(keys.properties(role.services()));
    secrets.put("spring.datasource.password", database.password());
    Program program = variant.program(role);
    ClassPath classPath = cache.classPathOf(program);
    List<String> jvmArguments = new ArrayList<>(cache.options(classPath));
    jvmArguments.addAll(run.agents().invitation());
    jvmArguments.addAll(run.jvmOptions());
    debugPort.ifPresent(open -> jvmArguments.add(DEBUGGER + open));
    return JavaCommand.of(
        run, name, classPath, jvmArguments, program.mainClass(), arguments, environment(secrets));
  }

  /** Properties as Spring finds them among environment variables. */
  static Map<String, String> environment(Map<String, String> properties) {
    return properties.entrySet().stream()
        .collect(
            Collectors.toMap(
                property -> property.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                Map.Entry::getValue));
  }

  /** One process shows the API documents of all, which let its page call them. */
  private Map<String, String> apiPage(ProcessRole role) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("ticketing.cors.allowed-origins", url(variant.role(API_PAGE)));
    if (role.services().contains(API_PAGE)) {
      int index = 0;
      for (ProcessRole each : ports.keySet()) {
        for (String service : each.services()) {
          String entry = "springdoc.swagger-ui.urls[" + index++ + "].";
          properties.put(entry + "name", service);
          properties.put(entry + "url", url(each) + "/v3/api-docs/" + service);
        }
      }
    }
    return properties;
  }

  private String url(ProcessRole role) {
    return url(ports.get(role));
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private Map<String, String> properties(
      ProcessRole role, String name, int port, JdbcAccess database) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", name);
    properties.put("spring.main.banner-mode", "off");
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", String.valueOf(port));
    properties.put("ticketing.services", String.join(",", role.services()));
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", database.user());
    ports
        .keySet()
        .forEach(
            other -> {
              if (other != role) {
                for (String service : other.services()) {
                  properties.put("spring.http.serviceclient." + service + ".base-url", url(other));
                }
              }
            });
    properties.putAll(apiPage(role));
    if (variant == Variant.XA) {
      properties.put(
          "ticketing.xa.coordinator.log-directory",
          run.directory().data(name).resolve("transaction-log").toString());
      properties.put(COORDINATOR_NAME, coordinatorName(run, variant));
    }
    if (variant.servers().contains(Server.SEATA)) {
      properties.put("seata.service.grouplist.default", seata.orElseThrow().address());
    }
    return properties;
  }
}
