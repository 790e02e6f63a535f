package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.ticketing.testing.Observed;

class ObservedRequestsTest {

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Observing observing = new Observing();
  private final ObservedRequests requests =
      new ObservedRequests(Observations.of(ObservationRegistry.NOOP, meters));

  private final MockHttpServletRequest request =
      new MockHttpServletRequest("GET", "/payments/7f0c9f0e");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @BeforeEach
  void supportAsync() {
    request.setAsyncSupported(true);
  }

  @Test
  void aRequestIsTimedByThePatternOfItsPath() throws Exception {
    handle((handled, answer) -> matchPattern());

    assertTimed(Map.of("uri", "/payments/{id}", "status", "200", "outcome", "SUCCESS"));
  }

  @Test
  void whatAStrangerMakesUpIsNoTimerOfItsOwn() throws Exception {
    request.setMethod("MADEUP");
    request.setRequestURI("/made/up");

    handle((handled, answer) -> response.setStatus(404));

    assertTimed(Map.of("method", "UNKNOWN", "uri", "NOT_FOUND", "status", "404"));
  }

  @Test
  void aRequestThatThrowsIsAnErrorOfTheServer() {
    assertThatThrownBy(
            () ->
                handle(
                    (handled, answer) -> {
                      throw new ServletException("no");
                    }))
        .hasMessage("no");

    assertTimed(Map.of("uri", "UNKNOWN", "status", "500", "outcome", "SERVER_ERROR"));
  }

  @Test
  void anAnswerOfAnotherThreadIsTimedWhenItHasEnded() throws Exception {
    handle(
        (handled, answer) -> {
          matchPattern();
          handled.startAsync(handled, answer);
        });
    assertThat(meters.getMeters()).isEmpty();

    response.setStatus(202);
    ((MockAsyncContext) request.getAsyncContext()).complete();

    assertTimed(Map.of("uri", "/payments/{id}", "status", "202"));
  }

  @Test
  void whoWatchesTheProcessIsNotTimed() throws Exception {
    request.setRequestURI("/actuator/prometheus");

    handle((handled, answer) -> matchPattern());

    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void onlyWhatIsTracedIsObserved() throws Exception {
    assertThat(observedWith(new TraceSampling(new TraceBudget(1)))).isTrue();
    assertThat(observedWith(new TraceSampling(new TraceBudget(0)))).isFalse();
  }

  @Test
  void whileItIsSwitchedOffNothingIsTracedOrTimed() throws Exception {
    observing.set(false);
    assertThat(observedWith(new TraceSampling(new TraceBudget(1)))).isFalse();
    assertThat(meters.getMeters()).isEmpty();

    observing.set(true);
    assertThat(observedWith(new TraceSampling(new TraceBudget(1)))).isTrue();
    assertThat(meters.getMeters()).hasSize(1);
  }

  /** Whether Spring's observation of a request is made, and under way while it is handled. */
  private boolean observedWith(TraceSampling sampling) throws Exception {
    var registry = new ObservationsOfTraces(sampling, observing);
    var observed = new Observed();
    registry.observationConfig().observationHandler(observed);
    var filter = new ObservedRequests(new Observations(registry, meters, sampling, observing));
    var handled = new MockHttpServletRequest("GET", "/payments/7f0c9f0e");
    AtomicBoolean underWay = new AtomicBoolean();
    filter.doFilter(
        handled,
        new MockHttpServletResponse(),
        (passed, answer) -> underWay.set(registry.getCurrentObservation() != null));
    assertThat(observed.all()).hasSize(underWay.get() ? 1 : 0);
    assertThat(ServerHttpObservationFilter.findObservationContext(handled).isPresent())
        .isEqualTo(underWay.get());
    return underWay.get();
  }

  private void handle(FilterChain chain) throws Exception {
    requests.doFilter(request, response, chain);
  }

  private void matchPattern() {
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/payments/{id}");
  }

  private void assertTimed(Map<String, String> tags) {
    var timer = meters.get("http.server.requests").timer();
    assertThat(timer.count()).isEqualTo(1);
    tags.forEach((name, value) -> assertThat(timer.getId().getTag(name)).isEqualTo(value));
  }
}
