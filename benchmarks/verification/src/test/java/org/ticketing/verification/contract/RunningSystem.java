package org.ticketing.verification.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.Database;
import org.ticketing.testing.TestSettings;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;

/**
 * A system as real processes on real servers.
 *
 * @param visitor the APIs, without a user
 */
public record RunningSystem(
    LocalStack stack, TicketingSystem system, PublicApis visitor, PublicApis operator)
    implements TestedSystem {

  static RunningSystem start(SystemDescription description, Map<String, String> properties) {
    return start(StackOptions.forSystems(description), description, properties);
  }

  private static RunningSystem start(
      StackOptions options, SystemDescription description, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(TestSettings.ALL);
    all.putAll(properties);
    LocalStack stack = LocalStack.start(options);
    try {
      RunningSystem system =
          of(stack, stack.start(description, SystemOptions.NONE.withProperties(all)));
      new Shop(system).awaitFirstPayment();
      return system;
    } catch (RuntimeException | Error failure) {
      stack.close();
      throw failure;
    }
  }

  private static RunningSystem of(LocalStack stack, TicketingSystem system) {
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    return new RunningSystem(
        stack, system, visitor, visitor.as(SystemKeys.OPERATOR, stack.keys().operatorPassword()));
  }

  public StackProcess process(String service) {
    return system.process(service);
  }

  public StackProcess seataServer() {
    return stack.server("seata").process();
  }

  @Override
  public SystemDatabases databases() {
    return SystemDatabases.of(system);
  }

  @Override
  public Database database(String service) {
    return new Database(system.database(service));
  }

  @Override
  public Outage kill(String... services) {
    Set<StackProcess> processes =
        Stream.of(services).map(this::process).collect(Collectors.toSet());
    processes.forEach(StackProcess::kill);
    return () -> processes.forEach(StackProcess::restart);
  }

  /** Calls the service as the payment service does. */
  public RestClient.Builder asService(String service) {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .baseUrl(system.url(service))
        .defaultHeaders(headers -> headers.setBearerAuth(token("payment", service)));
  }

  /** The token with which one service calls another. */
  public String token(String caller, String called) {
    return Bearer.service(
        stack.keys().serviceToken(caller, system.description().servicesByProcess()), called);
  }

  /** Restarts whatever a test has killed. */
  private void restartTheDead() {
    Stream.concat(servers(), system.processes().stream())
        .filter(process -> !process.isAlive())
        .forEach(StackProcess::restart);
  }

  private Stream<StackProcess> servers() {
    return system.description().servers().stream().map(name -> stack.server(name).process());
  }

  @Override
  public void close() {
    stack.close();
  }

  /**
   * Gives all tests of a module the same system, started for the first of them, and restarts after
   * each of them what it has killed.
   */
  public abstract static class Parameter implements ParameterResolver, AfterEachCallback {

    private final SystemDescription description;
    private final Map<String, String> properties;

    /**
     * @param properties of every process
     */
    protected Parameter(SystemDescription description, Map<String, String> properties) {
      this.description = description;
      this.properties = properties;
    }

    /** The servers that it runs on. */
    protected StackOptions options() {
      return StackOptions.forSystems(description);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return system(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
      system(context).restartTheDead();
    }

    private RunningSystem system(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .computeIfAbsent(
              getClass(),
              key -> RunningSystem.start(options(), description, properties),
              RunningSystem.class);
    }
  }
}
