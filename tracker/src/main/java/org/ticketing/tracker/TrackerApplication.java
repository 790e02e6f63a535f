package org.ticketing.tracker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.ticketing.platform.WebProcess;

/**
 * Shares the libraries of the services, so that it starts from their cache of classes, but not what
 * they make of them: databases, and the verification of tokens.
 */
@SpringBootApplication(
    exclude = {
      DataSourceAutoConfiguration.class,
      ErrorMvcAutoConfiguration.class, // see Problems
      SecurityAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class,
      ServletWebSecurityAutoConfiguration.class,
      SecurityFilterAutoConfiguration.class,
      ManagementWebSecurityAutoConfiguration.class
    })
@EnableConfigurationProperties(TrackerSettings.class)
@Import(WebProcess.class)
public class TrackerApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(TrackerApplication.class, arguments);
  }
}
