package org.ticketing.platform;

import jakarta.servlet.Filter;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.json.JsonMapper;

/** Limits what requests from outside of the system can take from it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLimits.Settings.class)
class RequestLimits {

  /** Spring Security's filter has the order -100. */
  private static final int BEFORE_SECURITY = -101;

  private static final int AFTER_SECURITY = 0;

  /**
   * @param ofStrangers how many requests of callers who have not signed in a process handles at
   *     once. More are answered with 503
   * @param ofUsers how many requests of users a process handles at once. More are answered with 503
   * @param awaited for how many requests at once a process waits whose body did not come with their
   *     headers. More are answered with 503
   * @param body how large the body of a request may be. A larger one is answered with 413
   */
  @Validated
  @ConfigurationProperties("ticketing.requests")
  record Settings(
      @Min(1) int ofStrangers, @Min(1) int ofUsers, @Min(1) int awaited, @NotNull DataSize body) {

    int threads() {
      return ofStrangers + ofUsers + awaited;
    }
  }

  @Bean
  FilterRegistrationBean<RequestBodies> requestBodies(
      Settings settings, Timeouts timeouts, JsonMapper json) {
    return registered(
        new RequestBodies(settings.body(), timeouts.body(), settings.awaited(), json),
        BEFORE_SECURITY);
  }

  /**
   * The caller has to be known.
   *
   * @throws IllegalArgumentException no threads are left for services
   */
  @Bean
  FilterRegistrationBean<Admission> admission(
      Settings settings, JsonMapper json, @Value("${server.tomcat.threads.max}") int threads) {
    if (settings.threads() >= threads) {
      throw new IllegalArgumentException(
          "server.tomcat.threads.max (%d) must be more than all ticketing.requests together (%d)"
              .formatted(threads, settings.threads()));
    }
    return registered(
        new Admission(settings.ofStrangers(), settings.ofUsers(), json), AFTER_SECURITY);
  }

  private static <T extends Filter> FilterRegistrationBean<T> registered(T filter, int order) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
