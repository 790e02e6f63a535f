package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Requests that are handled while another one is. */
class AdmissionTest {

  private static final Role STRANGER = null;

  private final Admission admission = new Admission(1, 1, JsonMapper.shared());
  private final List<MockHttpServletResponse> answers = new ArrayList<>();

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void strangersBeyondTheirNumberAreRefusedAndMayComeAgain() throws Exception {
    send(STRANGER, () -> send(STRANGER, () -> {}));
    send(STRANGER, () -> {});

    assertThat(answers)
        .extracting(MockHttpServletResponse::getStatus)
        .containsExactly(503, 200, 200);
    assertThat(answers.get(0).getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    assertThat(answers.get(0).getContentAsString())
        .contains(Problems.TYPE_PREFIX + "service-unavailable");
  }

  @Test
  void usersHaveANumberOfTheirOwn() throws Exception {
    send(STRANGER, () -> send(Role.USER, () -> send(Role.USER, () -> {})));

    assertThat(answers)
        .extracting(MockHttpServletResponse::getStatus)
        .containsExactly(503, 200, 200);
  }

  @Test
  void servicesAndHealthChecksAreAlwaysAdmitted() throws Exception {
    Handling health = () -> handle("/actuator/health/readiness", STRANGER, () -> {});
    Handling services = () -> send(Role.SERVICE, () -> send(Role.SERVICE, health));
    send(STRANGER, () -> send(Role.USER, services));

    assertThat(answers).hasSize(5).allMatch(answer -> answer.getStatus() == 200);
  }

  @Test
  void aFailureGivesThePlaceBack() throws Exception {
    for (int times = 0; times < 2; times++) {
      assertThatThrownBy(
              () ->
                  send(
                      STRANGER,
                      () -> {
                        throw new ServletException("failed");
                      }))
          .isInstanceOf(ServletException.class);
    }
  }

  @Test
  void someThreadsHaveToBeLeftForServices() {
    var settings = new RequestLimits.Settings(10, 20, 5, DataSize.ofKilobytes(1));
    var limits = new RequestLimits();

    assertThat(limits.admission(settings, JsonMapper.shared(), 36)).isNotNull();
    assertThatThrownBy(() -> limits.admission(settings, JsonMapper.shared(), 35))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server.tomcat.threads.max");
  }

  private interface Handling {
    void run() throws ServletException, IOException;
  }

  private void send(Role role, Handling handling) throws ServletException, IOException {
    handle("/concerts", role, handling);
  }

  /** Answers are noted in the order in which they are given, those of inner requests first. */
  private void handle(String path, Role role, Handling handling)
      throws ServletException, IOException {
    var answer = new MockHttpServletResponse();
    FilterChain chain = (request, response) -> handling.run();
    signIn(role);
    try {
      admission.doFilter(new MockHttpServletRequest("GET", path), answer, chain);
    } finally {
      answers.add(answer);
    }
  }

  private static void signIn(Role role) {
    SecurityContextHolder.setContext(
        role == STRANGER
            ? new SecurityContextImpl()
            : new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(
                    "caller", null, List.of(role.authority()))));
  }
}
