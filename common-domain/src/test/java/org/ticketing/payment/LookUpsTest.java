package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.ticketing.platform.LogField;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.testing.Observed;
import org.ticketing.user.UserApi;

/** What a lookup in another thread takes along. */
class LookUpsTest {

  private final ObservationRegistry registry = new Observed().registry();
  private final UserApi users = mock();
  private final ReservationApi reservations = mock();
  private final LookUps lookUps = new LookUps(users, reservations);
  private final Order order = new Order(UUID.randomUUID(), "key", UUID.randomUUID());
  private final List<Object> seen = new ArrayList<>();

  @BeforeEach
  void lookAround() {
    when(users.find(any())).thenThrow(new IllegalStateException("not looked up here"));
    when(reservations.find(any()))
        .then(
            lookUp -> {
              seen.add(Thread.currentThread());
              seen.add(registry.getCurrentObservation());
              seen.add(MDC.get("payment"));
              seen.add(SecurityContextHolder.getContext().getAuthentication());
              throw new IllegalStateException("looked up");
            });
  }

  @AfterEach
  void clear() {
    lookUps.destroy();
    MDC.clear();
    SecurityContextHolder.clearContext();
  }

  @Test
  void aLookUpInAnotherThreadIsAPartOfThePaymentAndForItsUser() throws Exception {
    var caller = new TestingAuthenticationToken("ann", null);
    SecurityContextHolder.setContext(new SecurityContextImpl(caller));
    UUID payment = UUID.randomUUID();
    LogField.PAYMENT.set(payment);
    Observation paying = Observation.start("paying", registry);

    paying.scoped(() -> lookUp(payment));

    org.awaitility.Awaitility.await().until(() -> seen.size() == 4);
    assertThat(seen.get(0)).isNotSameAs(Thread.currentThread());
    assertThat(seen.subList(1, 4)).containsExactly(paying, payment.toString(), caller);
  }

  private void lookUp(UUID payment) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> lookUps.commandFor(payment, order)))
        .hasMessage("not looked up here");
  }
}
