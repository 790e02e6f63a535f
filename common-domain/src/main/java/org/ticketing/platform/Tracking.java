package org.ticketing.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.ticketing.platform.tracking.LogSettings;
import org.ticketing.platform.tracking.LogTable;
import org.ticketing.platform.tracking.QueuedLog;
import org.ticketing.platform.tracking.TransactionLog;

/**
 * Has every process that takes part in payments tell of global transactions: of what has happened,
 * in a log, and of what its database holds now. With {@code ticketing.tracking.enabled=false}
 * nothing is added to the log. The others have a log that keeps nothing.
 */
@Configuration(proxyBeanMethods = false)
class Tracking {

  private static final String ENABLED = "ticketing.tracking.enabled";
  private static final String RETENTION = "ticketing.tracking.retention";

  /** How many entries are kept in memory at most: those of some seconds of the heaviest load. */
  private static final int CAPACITY = 50_000;

  /** As which service the process logs; the first, if it hosts several that take part. */
  private static Optional<Service> participant(Environment environment) {
    Set<Service> hosted = Service.hosted(environment);
    return Stream.of(Service.PAYMENT, Service.RESERVATION, Service.POINT)
        .filter(hosted::contains)
        .findFirst();
  }

  static class TakesPart implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return participant(context.getEnvironment()).isPresent();
    }
  }

  static class Logs extends TakesPart {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return super.matches(context, metadata)
          && context.getEnvironment().getProperty(ENABLED, Boolean.class, true);
    }
  }

  static class LogsNothing extends Logs {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !super.matches(context, metadata);
    }
  }

  @Bean
  @Conditional(LogsNothing.class)
  TransactionLog nothingIsLogged() {
    return TransactionLog.NONE;
  }

  @Configuration(proxyBeanMethods = false)
  @Conditional(TakesPart.class)
  @Import(TrackingController.class)
  static class OfParticipants {

    @Bean
    LogTable logTable(DataSource dataSource, Ids ids, Clock clock, Environment environment) {
      var settings =
          new LogSettings(
              participant(environment).orElseThrow().id(),
              instance(),
              Binder.get(environment).bind(RETENTION, Duration.class).get());
      return new LogTable(dataSource, ids::of, clock, settings);
    }

    /** Names this process among those of its service. */
    private static String instance() {
      return host() + "-" + ProcessHandle.current().pid();
    }

    private static String host() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "localhost";
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Conditional(Logs.class)
  static class SwitchedOn {

    @Bean
    QueuedLog transactionLog(LogTable table) {
      return new QueuedLog(table, CAPACITY);
    }

    @Bean
    SmartLifecycle transactionLogWriter(QueuedLog log) {
      return new Writer(log);
    }
  }

  /** Is stopped after the requests, so that what the last of them have logged is written. */
  private static class Writer implements SmartLifecycle {

    private final QueuedLog log;

    Writer(QueuedLog log) {
      this.log = log;
    }

    @Override
    public void start() {
      log.start();
    }

    @Override
    public void stop() {
      log.stop();
    }

    @Override
    public boolean isRunning() {
      return log.isRunning();
    }

    @Override
    public int getPhase() {
      return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
  }
}
