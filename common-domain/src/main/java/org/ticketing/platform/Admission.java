package org.ticketing.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps threads of the process for the calls of services, which every payment depends on. Of
 * strangers, who have not signed in, and of users only so many requests are handled at once, and a
 * flood of the former takes nothing from the latter. Others are refused at once.
 */
class Admission extends OncePerRequestFilter {

  private static final String HEALTH = "/actuator/health";

  private final Semaphore strangers;
  private final Semaphore users;
  private final JsonMapper json;

  Admission(int strangers, int users, JsonMapper json) {
    this.strangers = new Semaphore(strangers);
    this.users = new Semaphore(users);
    this.json = json;
  }

  /**
   * Whoever starts and stops processes asks for their health, and would stop one that is busy. What
   * happens in a flood is read from the metrics.
   */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    Authentication caller = caller();
    return Role.SERVICE.isOf(caller)
        || Role.SCRAPER.isOf(caller)
        || request.getRequestURI().startsWith(HEALTH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Semaphore places = Role.USER.isOf(caller()) ? users : strangers;
    if (!places.tryAcquire()) {
      Problems.send(response, json, new Overloaded());
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      places.release();
    }
  }

  private static Authentication caller() {
    return SecurityContextHolder.getContext().getAuthentication();
  }
}
