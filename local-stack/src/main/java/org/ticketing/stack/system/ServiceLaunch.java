package org.ticketing.stack.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.ClassPath;
import org.ticketing.stack.run.JavaCommand;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;

/**
 * Tells the processes of a system what they host, where their data is, and where the others are.
 */
final class ServiceLaunch {

  /** The name of the process with the page of operators. */
  static final String TRACKER = "tracker";

  /** The service whose process shows the API documents of all services. */
  private static final String API_PAGE = "user";

  private static final Duration START_DEADLINE = Duration.ofSeconds(180);

  private static final String DEBUGGER =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:";

  private final Host host;
  private final Run run;
  private final SystemDescription system;
  private final SystemOptions options;
  private final Map<ProcessDescription, Integer> ports;
  private final StartCache cache;
  private final String systemName;

  ServiceLaunch(
      Host host,
      SystemDescription system,
      SystemOptions options,
      Map<ProcessDescription, Integer> ports) {
    this.host = host;
    this.run = host.run();
    this.system = system;
    this.options = options;
    this.ports = ports;
    this.cache = host.startCache();
    this.systemName = coordinatorName(run, system) + "-" + Secrets.random(2);
  }

  /**
   * One instance of a process.
   *
   * @param suffix what its names end in; empty for the first instance
   */
  private record Instance(
      ProcessDescription process, String suffix, int port, JdbcAccess database) {}

  /** What the names of a system's coordinators begin with. */
  static String coordinatorName(Run run, SystemDescription system) {
    return run.id() + "-" + system.name();
  }

  /** A name of the system, unlike that of any other start of any system. */
  String systemName() {
    return systemName;
  }

  /** A process that has not been started yet. */
  StackProcess prepare(ProcessDescription process, JdbcAccess database) {
    return prepare(new Instance(process, "", ports.get(process), database));
  }

  /** One more instance of a process, which has not been started yet either. */
  StackProcess prepareAnother(
      ProcessDescription process, int number, int port, JdbcAccess database) {
    return prepare(new Instance(process, "-" + number, port, database));
  }

  /**
   * The process with the page of operators, which has not been started yet. It has no database and
   * no keys, and calls the services with the tokens of operators.
   */
  StackProcess prepareTracker(int port) {
    String name = system.name() + "-" + TRACKER;
    String url = url(port);
    return run.prepareService(
        name,
        new StackProcess.Start(
            () -> trackerCommand(name, port), () -> Health.isReady(url), START_DEADLINE),
        port,
        OptionalInt.empty());
  }

  private Command trackerCommand(String name, int port) {
    Map<String, String> properties = ofProcess(name, port);
    ports.forEach((process, own) -> properties.putAll(address(process, TRACKER, own)));
    return java(name, Program.TRACKER, properties).in(run);
  }

  private StackProcess prepare(Instance instance) {
    OptionalInt debugPort =
        options.debugged().contains(instance.process().name())
            ? OptionalInt.of(run.ports().any())
            : OptionalInt.empty();
    String url = url(instance.port());
    return run.prepareService(
        name(instance),
        new StackProcess.Start(
            () -> command(instance, debugPort), () -> Health.isReady(url), START_DEADLINE),
        instance.port(),
        debugPort);
  }

  private String name(Instance instance) {
    return system.fullName(instance.process()) + instance.suffix();
  }

  private Command command(Instance instance, OptionalInt debugPort) {
    Map<String, String> properties = properties(instance);
    properties.putAll(options.properties());
    Map<String, String> secrets =
        new HashMap<>(
            host.keys().properties(instance.process().services(), system.servicesByProcess()));
    secrets.put("spring.datasource.password", instance.database().password());
    JavaCommand command =
        java(name(instance), system.program(instance.process()), properties)
            .secrets(environment(secrets));
    debugPort.ifPresent(open -> command.options(List.of(DEBUGGER + open)));
    return command.in(run);
  }

  private JavaCommand java(String name, Program program, Map<String, String> properties) {
    ClassPath classPath = cache.classPathOf(program);
    List<String> arguments = new ArrayList<>();
    properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    return new JavaCommand(name, classPath)
        .options(cache.options(classPath))
        .options(run.agents().invitation())
        .options(run.jvmOptions())
        .program(program.mainClass(), arguments);
  }

  /** The environment variables in which Spring finds properties. */
  static Map<String, String> environment(Map<String, String> properties) {
    return properties.entrySet().stream()
        .collect(
            Collectors.toMap(
                property -> property.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                Map.Entry::getValue));
  }

  private Map<String, String> properties(Instance instance) {
    ProcessDescription process = instance.process();
    Map<String, String> properties = ofProcess(name(instance), instance.port());
    properties.put("ticketing.services", String.join(",", process.services()));
    properties.put("spring.datasource.url", databaseUrl(instance));
    properties.put("spring.datasource.username", instance.database().user());
    ports.forEach(
        (other, port) -> {
          if (other != process) {
            properties.putAll(address(other, process.name(), port));
          }
        });
    // Those who try a system out have partners on their own machine.
    properties.put("ticketing.partner.allow-local-addresses", "true");
    properties.put("ticketing.payment.asynchronous.webhook.allow-local-addresses", "true");
    properties.putAll(apiPage(process));
    if (process.takesPartInPayments()) {
      Map<String, String> values = placeholders(instance);
      system
          .properties(host.asShipped())
          .forEach((key, value) -> properties.put(key, Placeholders.replace(value, values)));
    }
    return properties;
  }

  private static Map<String, String> ofProcess(String name, int port) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", name);
    properties.put("spring.main.banner-mode", "off");
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", String.valueOf(port));
    return properties;
  }

  /** Where a caller finds the services of a process. */
  private Map<String, String> address(ProcessDescription process, String caller, int port) {
    Map<String, String> properties = new LinkedHashMap<>();
    String url = url(options.detours().portFor(caller, process.name(), port));
    for (String service : process.services()) {
      properties.put("spring.http.serviceclient." + service + ".base-url", url);
    }
    return properties;
  }

  /** A database that runs elsewhere is reached there. */
  private String databaseUrl(Instance instance) {
    String caller = instance.process().name();
    DatabaseServer server = host.servers().database(instance.process().database());
    return server
        .processIfHere()
        .map(
            here ->
                instance
                    .database()
                    .withPort(options.detours().portFor(caller, server.name(), here.port())))
        .orElse(instance.database())
        .url();
  }

  private Map<String, String> placeholders(Instance instance) {
    Map<String, String> values = new HashMap<>();
    values.put(Placeholders.DATA, run.directory().data(name(instance)).toString());
    values.put(Placeholders.COORDINATOR, coordinatorName(run, system) + instance.suffix());
    values.put(Placeholders.SYSTEM, systemName);
    values.put(Placeholders.URL, urlForPayments(instance));
    for (String server : system.servers()) {
      int port = host.servers().named(server).process().port();
      values.put(
          Placeholders.addressOf(server),
          "127.0.0.1:" + options.detours().portFor(instance.process().name(), server, port));
    }
    return values;
  }

  private String urlForPayments(Instance instance) {
    ProcessDescription payment = system.process(SystemDescription.PAYMENT);
    return url(
        instance.process() == payment
            ? instance.port()
            : options
                .detours()
                .portForInstance(payment.name(), instance.process().name(), instance.port()));
  }

  /** Lets one process show the API documents of all services, and its page call them. */
  private Map<String, String> apiPage(ProcessDescription process) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("ticketing.cors.allowed-origins", url(ports.get(system.process(API_PAGE))));
    if (process.services().contains(API_PAGE)) {
      int index = 0;
      for (Map.Entry<ProcessDescription, Integer> each : ports.entrySet()) {
        for (String service : each.getKey().services()) {
          String entry = "springdoc.swagger-ui.urls[" + index++ + "].";
          properties.put(entry + "name", service);
          properties.put(entry + "url", url(each.getValue()) + "/v3/api-docs/" + service);
        }
      }
    }
    return properties;
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }
}
