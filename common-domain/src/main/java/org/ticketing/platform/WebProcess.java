package org.ticketing.platform;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every {@link TicketingApplication} does with requests, for a process that hosts no service
 * and has neither a database nor keys: problem details, exact JSON, limited bodies, and an end
 * within ten seconds.
 */
@Configuration(proxyBeanMethods = false)
@Import({Problems.class, ExactJson.class, MalformedRequests.class, Stopping.class})
public class WebProcess {

  /** (It is registered before the filters of the application.) */
  @Bean
  FilterRegistrationBean<RequestBodies> requestBodies(
      @Value("${ticketing.requests.body}") DataSize limit,
      @Value("${ticketing.requests.awaited}") int awaited,
      @Value("${ticketing.timeouts.body}") Duration time,
      JsonMapper json) {
    var registration = new FilterRegistrationBean<>(new RequestBodies(limit, time, awaited, json));
    registration.setOrder(-1);
    return registration;
  }
}
