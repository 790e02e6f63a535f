package org.ticketing.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.task.TaskExecutorMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ScheduledTasksObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/**
 * A process of the ticketing system: the services named in {@code ticketing.services}, clients for
 * the others, and whatever the annotated class's own package adds, which is the payment protocol.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootApplication(
    exclude = {
      ErrorMvcAutoConfiguration.class, // see Problems
      // See Observability. The metrics of Logback look at every log statement, written or not.
      ScheduledTasksObservationAutoConfiguration.class,
      CacheMetricsAutoConfiguration.class,
      LogbackMetricsAutoConfiguration.class,
      TaskExecutorMetricsAutoConfiguration.class,
      PrometheusExemplarsAutoConfiguration.class,
      OpenTelemetryLoggingAutoConfiguration.class
    })
@PropertySource("classpath:ticketing-defaults.properties")
@EnableConfigurationProperties(Timeouts.class)
@Import({
  HostedServices.class,
  RemoteServices.class,
  ServiceCalls.class,
  AccessRules.class,
  RequestLimits.class,
  CrossOrigin.class,
  NormalText.class,
  ApiDocuments.class,
  Observability.class,
  LogFieldsOfRequests.class,
  ServiceDatabase.class,
  Tracking.class,
  Jobs.class,
  Stopping.class,
  Caching.class,
  Problems.class,
  ExactJson.class,
  MalformedRequests.class
})
public @interface TicketingApplication {}
