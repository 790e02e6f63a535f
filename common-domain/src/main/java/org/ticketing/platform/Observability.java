package org.ticketing.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.DispatcherType;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Has requests and calls observed, and what this system observes itself: payments and the {@link
 * Phases} of their protocol. Nothing else is observed, such as the filters of Spring Security,
 * because each observation costs a payment processor time.
 *
 * <p>Without it, which is what {@code ticketing.observability.enabled=false} asks for, there are no
 * meters and no traces, and {@link SwitchedOff} leaves out what would make them.
 */
@Configuration(proxyBeanMethods = false)
class Observability {

  private static final String PREFIX = "ticketing.observability";
  static final String ENABLED = PREFIX + ".enabled";

  /**
   * @param tracesPerSecond how many traces a process begins on average, and up to ten at once after
   *     a pause, if there is a collector (management.opentelemetry.tracing.export.otlp.endpoint).
   *     At a lower load every request is traced
   */
  @Validated
  @ConfigurationProperties(PREFIX)
  record Settings(@PositiveOrZero double tracesPerSecond) {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = ENABLED, havingValue = false)
  static class Off {

    @Bean
    ObservationRegistry nothingIsObserved() {
      return ObservationRegistry.NOOP;
    }

    @Bean
    Observations observations() {
      return Observations.NONE;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = ENABLED, matchIfMissing = true)
  @EnableConfigurationProperties(Settings.class)
  @Import(ObservabilityController.class)
  static class SwitchedOn {

    /** Where no traces are sent, none is recorded. */
    @Bean
    TraceSampling traceSampling(
        Settings settings,
        @Value("${management.opentelemetry.tracing.export.otlp.endpoint:}") String collector) {
      return new TraceSampling(
          new TraceBudget(collector.isEmpty() ? 0 : settings.tracesPerSecond()));
    }

    @Bean
    Observing observing() {
      return new Observing();
    }

    @Bean
    ObservationRegistry observationsOfTraces(TraceSampling sampling, Observing observing) {
      return new ObservationsOfTraces(sampling, observing);
    }

    /** What comes as far as this is traced. */
    @Bean
    Sampler everySpan() {
      return Sampler.parentBased(Sampler.alwaysOn());
    }

    @Bean
    Observations observations(
        ObservationRegistry spans,
        MeterRegistry meters,
        TraceSampling sampling,
        Observing observing) {
      return new Observations(spans, meters, sampling, observing);
    }

    /** Of the type for which Spring Boot looks, to leave out its own. */
    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> observedRequests(
        Observations observations) {
      var registration =
          new FilterRegistrationBean<ServerHttpObservationFilter>(
              new ObservedRequests(observations));
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
      return registration;
    }

    /** What is not traced is timed too, so that observations make no timers beside those. */
    @Bean
    static BeanDefinitionRegistryPostProcessor noTimersOfObservations() {
      return beans -> beans.removeBeanDefinition("defaultMeterObservationHandler");
    }

    @Bean
    SecurityObservationSettings noFiltersOfSecurity() {
      return SecurityObservationSettings.noObservations();
    }

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
      return SpanExporters.of(exporters.orderedStream().map(TraceExport::new).toList());
    }
  }
}
