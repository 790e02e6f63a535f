package org.ticketing.xa;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.ticketing.platform.ServiceSecretFilter;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.StackProcess;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;

/** The XA variant as real processes on real databases, started once for all tests. */
record RunningSystem(LocalStack stack, TicketingSystem system) implements AutoCloseable {

  private static final String SECRET = "secret-of-these-tests";

  static RunningSystem start() {
    LocalStack stack = LocalStack.start(StackOptions.forVariants(Variant.XA));
    try {
      return new RunningSystem(
          stack,
          stack.start(
              Variant.XA,
              Map.of(
                  ServiceSecretFilter.PROPERTY,
                  SECRET,
                  "ticketing.xa.transaction-timeout",
                  "2s",
                  "ticketing.xa.participant.idle-timeout",
                  "2s")));
    } catch (RuntimeException failure) {
      stack.close();
      throw failure;
    }
  }

  StackProcess process(String service) {
    return system.process(service);
  }

  Database database(String service) {
    return new Database(system.database(service));
  }

  /** Calls the service as its users do. */
  <T> T client(String service, Class<T> api) {
    return client(RestClient.builder().baseUrl(system.url(service)), api);
  }

  /** Calls the service as the coordinator does. */
  RestClient.Builder coordinatorOf(String service) {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .baseUrl(system.url(service))
        .defaultHeader(ServiceSecretFilter.HEADER, SECRET);
  }

  static <T> T client(RestClient.Builder http, Class<T> api) {
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http.build()))
        .build()
        .createClient(api);
  }

  @Override
  public void close() {
    stack.close();
  }

  static class Parameter implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .computeIfAbsent(RunningSystem.class, key -> RunningSystem.start(), RunningSystem.class);
    }
  }
}
