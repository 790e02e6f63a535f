package org.ticketing.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Runs the migrations of a process. They run before anything else uses the database, except those
 * of tables that a branch in doubt keeps locked. A coordinator ends such a branch by a message to
 * this process, so these migrations run after the web server has started and the branch has ended.
 * Until then the process is not ready, runs no jobs, and answers only the controllers that are
 * marked with {@link BeforeMigrations}.
 */
class Migrations implements FlywayMigrationStrategy, SmartLifecycle, HandlerInterceptor {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Function<Flyway, List<Flyway>> histories;
  private final LockedTables locked;
  private volatile List<Flyway> postponed = List.of();
  private volatile boolean isRunning;

  /**
   * @param histories of migrations, made from Spring Boot's settings
   */
  Migrations(Function<Flyway, List<Flyway>> histories, LockedTables locked) {
    this.histories = histories;
    this.locked = locked;
  }

  @Override
  public void migrate(Flyway settings) {
    List<Flyway> waiting = new ArrayList<>();
    for (Flyway history : histories.apply(settings)) {
      if (history.info().pending().length > 0 && isLocked(history)) {
        waiting.add(history);
      } else {
        history.migrate();
      }
    }
    postponed = waiting;
  }

  private boolean isLocked(Flyway history) {
    try {
      return locked.exist(history.getConfiguration());
    } catch (SQLException failure) {
      throw new IllegalStateException("The locks of tables cannot be read.", failure);
    }
  }

  /** Waits in a thread of its own, so that a process that is told to end meanwhile does. */
  @Override
  public void start() {
    if (!postponed.isEmpty()) {
      log.warn(
          "Branches in doubt keep tables locked. Their migrations run, and this process becomes"
              + " ready, when the coordinator has ended the branches.");
      try {
        CompletableFuture.runAsync(this::migrateWhenUnlocked).get();
      } catch (ExecutionException failure) {
        throw new IllegalStateException("The migrations have failed.", failure.getCause());
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The process ends before its migrations.", ending);
      }
    }
    isRunning = true;
  }

  private void migrateWhenUnlocked() {
    try {
      for (Flyway history : postponed) {
        while (isLocked(history)) {
          Thread.sleep(PAUSE.toMillis());
        }
        history.migrate();
      }
    } catch (InterruptedException neverHappens) {
      throw new IllegalStateException(neverHappens);
    }
    postponed = List.of();
  }

  @Override
  public void stop() {
    isRunning = false;
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  /** After the web server, and before the jobs. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!postponed.isEmpty() && !answersBefore(handler)) {
      throw new ServiceUnavailable("Tables have to be changed first; ask again later.");
    }
    return true;
  }

  private static boolean answersBefore(Object handler) {
    return handler instanceof HandlerMethod method
        && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), BeforeMigrations.class);
  }
}
