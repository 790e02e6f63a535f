package org.ticketing.platform;

import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has a process that is told to stop be gone within the ten seconds that Docker gives it. Requests,
 * jobs, and timers that are under way are waited for at the same time, for as long as {@code
 * spring.lifecycle.timeout-per-shutdown-phase} says. Spring would do one after the other, and wait
 * for each as long; what waits for a silent process would then take twenty seconds and more. What a
 * protocol needs until requests have ended, it stops afterwards, and takes a few seconds for that.
 */
@Configuration(proxyBeanMethods = false)
class Stopping {

  /** In which everything that is under way is waited for. */
  static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;

  @Bean
  ThreadPoolTaskSchedulerCustomizer timersStopWithRequests() {
    return scheduler -> scheduler.setPhase(PHASE);
  }

  /** Tomcat would wait for another five seconds for threads that have been waited for before. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestsAreWaitedForOnce() {
    return tomcat ->
        tomcat.addConnectorCustomizers(
            connector -> connector.setProperty("executorTerminationTimeoutMillis", "0"));
  }
}
