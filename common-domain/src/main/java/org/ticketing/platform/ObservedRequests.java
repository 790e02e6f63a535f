package org.ticketing.platform;

import io.micrometer.core.instrument.binder.http.Outcome;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Has each request traced or not, and times it: {@code http.server.requests} by method, pattern of
 * the path, and status. Only for what is traced it is the filter that it extends, which makes the
 * observation. It does not observe those who watch the process, who ask every few seconds.
 */
final class ObservedRequests extends ServerHttpObservationFilter {

  private static final String ACTUATOR = "/actuator/";
  private static final String NAME = "http.server.requests";

  private static final Set<String> METHODS =
      Stream.of(HttpMethod.values()).map(HttpMethod::name).collect(Collectors.toSet());

  private final Observations observations;

  ObservedRequests(Observations observations) {
    super(observations.spans());
    this.observations = observations;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith(ACTUATOR);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isAsyncDispatch(request)) {
      handle(request, response, chain, findObservationContext(request).isPresent());
      return;
    }
    long begun = System.nanoTime();
    int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
    String traceparent = request.getHeader(TraceSampling.TRACEPARENT);
    try (Observations.Trace trace = observations.beginTrace(traceparent)) {
      handle(request, response, chain, !observations.spans().isNoop());
      status = response.getStatus();
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new AtItsEnd(begun), request, response);
      } else {
        time(begun, request, status);
      }
    }
  }

  private void handle(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, boolean traced)
      throws ServletException, IOException {
    if (traced) {
      super.doFilterInternal(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void time(long begun, HttpServletRequest request, int status) {
    observations.time(
        NAME,
        System.nanoTime() - begun,
        "method",
        METHODS.contains(request.getMethod()) ? request.getMethod() : "UNKNOWN",
        "uri",
        uri(request, status),
        "status",
        Integer.toString(status),
        "outcome",
        Outcome.forStatus(status).name());
  }

  /** The path itself is anybody's choice, and would be a timer each. */
  private static String uri(HttpServletRequest request, int status) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (pattern != null) {
      return pattern.toString();
    }
    return status == HttpStatus.NOT_FOUND.value() ? "NOT_FOUND" : "UNKNOWN";
  }

  /** For answers that are written by other threads. */
  private final class AtItsEnd implements AsyncListener {

    private final long begun;

    AtItsEnd(long begun) {
      this.begun = begun;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      time(
          begun,
          (HttpServletRequest) event.getSuppliedRequest(),
          ((HttpServletResponse) event.getSuppliedResponse()).getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
