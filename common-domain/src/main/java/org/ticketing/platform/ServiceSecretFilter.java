package org.ticketing.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Lets only services of the same system reach the steps of the commit protocols. */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public class ServiceSecretFilter extends OncePerRequestFilter {

  /** The path below which protocol steps are offered. */
  public static final String PROTECTED_PATH = "/protocol/";

  /** The header in which a service proves that it is one. */
  public static final String HEADER = "Ticketing-Service-Secret";

  /** The property that holds the secret, the same in every process of a system. No default. */
  public static final String PROPERTY = "ticketing.service-secret";

  private static final int SHORTEST_SECRET = 16;

  private final byte[] secret;
  private final JsonMapper json;

  ServiceSecretFilter(@Value("${" + PROPERTY + "}") String secret, JsonMapper json) {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          PROPERTY + " must have at least " + SHORTEST_SECRET + " characters");
    }
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isProtected(request) && !provesToBeAService(request)) {
      ProblemDetail problem =
          Problems.problem(
              "service-secret-required",
              HttpStatus.UNAUTHORIZED,
              "Protocol steps are for the services of this system.");
      response.setStatus(problem.getStatus());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      json.writeValue(response.getOutputStream(), problem);
      return;
    }
    chain.doFilter(request, response);
  }

  /** Uses the decoded, normalised path that also selects the handler. */
  private static boolean isProtected(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.startsWith(PROTECTED_PATH);
  }

  private boolean provesToBeAService(HttpServletRequest request) {
    String offered = request.getHeader(HEADER);
    return offered != null
        && MessageDigest.isEqual(secret, offered.getBytes(StandardCharsets.UTF_8));
  }
}
