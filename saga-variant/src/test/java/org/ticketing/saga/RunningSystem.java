package org.ticketing.saga;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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

/** The SAGA variant as real processes on real servers, started once for all tests. */
record RunningSystem(LocalStack stack, TicketingSystem system) implements AutoCloseable {

  static final String SECRET = "secret-of-these-tests";

  static RunningSystem start() {
    LocalStack stack = LocalStack.start(StackOptions.forVariants(Variant.SAGA));
    var system =
        new RunningSystem(
            stack,
            stack.start(
                Variant.SAGA,
                Map.of(ServiceSecretFilter.PROPERTY, SECRET, "ticketing.saga.timeout", "6s")));
    system.warmUp();
    return system;
  }

  /** The first payment of a cold system can take longer than the tests give one. */
  private void warmUp() {
    var shop = new Shop(this);
    UUID user = shop.userWithPoints(100 * Shop.PRICE);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> new Payer(this, user, shop.reservationOf(user)).pay().equals("paid"));
  }

  StackProcess process(String service) {
    return system.process(service);
  }

  StackProcess seataServer() {
    return stack.seata().process();
  }

  Database database(String service) {
    return new Database(system.database(service));
  }

  /** Calls the service as its users do. (Apache's client would ask again after each 503.) */
  <T> T client(String service, Class<T> api) {
    var http =
        RestClient.builder()
            .requestFactory(new JdkClientHttpRequestFactory())
            .baseUrl(system.url(service))
            .build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http))
        .build()
        .createClient(api);
  }

  /** Whatever a test has killed. */
  void restartTheDead() {
    Stream.concat(Stream.of(seataServer()), system.processes().stream())
        .filter(process -> !process.isAlive())
        .forEach(StackProcess::restart);
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
