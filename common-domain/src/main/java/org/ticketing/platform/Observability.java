package org.ticketing.platform;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.security.config.observation.SecurityObservationSettings;

/**
 * Has requests and calls observed, and what this system observes itself: payments and the {@link
 * Phases} of their protocol. Each observation is a span and a timer. Nothing else is observed, such
 * as the filters of Spring Security, because each observation costs a payment processor time.
 *
 * <p>Without it, which is what {@code ticketing.observability.enabled=false} asks for, there are no
 * meters and no traces, and {@link SwitchedOff} leaves out what would make them.
 */
@Configuration(proxyBeanMethods = false)
class Observability {

  static final String ENABLED = "ticketing.observability.enabled";

  /** Where traces are sent; if it is not set, nowhere. */
  private static final String COLLECTOR = "management.opentelemetry.tracing.export.otlp.endpoint";

  private static final String ACTUATOR = "/actuator/";

  @Bean
  @ConditionalOnBooleanProperty(name = ENABLED, havingValue = false)
  ObservationRegistry nothingIsObserved() {
    return ObservationRegistry.NOOP;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = ENABLED, matchIfMissing = true)
  static class SwitchedOn {

    @Bean
    SecurityObservationSettings noFiltersOfSecurity() {
      return SecurityObservationSettings.noObservations();
    }

    /** Whoever watches a process asks every few seconds. */
    @Bean
    ObservationPredicate noRequestsOfWatchers() {
      return (name, context) ->
          !(context instanceof ServerRequestObservationContext request
              && request.getCarrier() != null
              && request.getCarrier().getRequestURI().startsWith(ACTUATOR));
    }

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
      return SpanExporters.of(exporters.orderedStream().map(TraceExport::new).toList());
    }

    /** Trace ids are made for log lines all the same. */
    @Bean
    @Conditional(WithoutCollector.class)
    Sampler noSpans() {
      return Sampler.alwaysOff();
    }
  }

  static class WithoutCollector extends NoneNestedConditions {

    WithoutCollector() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(COLLECTOR)
    static class WithCollector {}
  }
}
