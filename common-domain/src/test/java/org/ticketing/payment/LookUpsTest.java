package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Answers.RETURNS_DEEP_STUBS;
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
  private final UserApi users = mock(RETURNS_DEEP_STUBS);
  private final ReservationApi reservations = mock();
  private final LookUps lookUps = new LookUps(users, reservations);
  private final Order order = new Order(UUID.randomUUID(), "key", UUID.randomUUID());
  private final List<Object> seen = new ArrayList<>();

  @BeforeEach
  void lookAround() {
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
  void aLookUpInAnotherThreadIsAPartOfThePaymentAndForItsUser() {
    var caller = new TestingAuthenticationToken("ann", null);
    SecurityContextHolder.setContext(new SecurityContextImpl(caller));
    UUID payment = UUID.randomUUID();
    LogField.PAYMENT.set(payment);
    Observation paying = Observation.start("paying", registry);

    paying.scoped(() -> lookUp(payment));

    assertThat(seen.get(0)).isNotSameAs(Thread.currentThread());
    assertThat(seen.subList(1, 4)).containsExactly(paying, payment.toString(), caller);
  }

  private void lookUp(UUID payment) {
    assertThatThrownBy(() -> lookUps.commandFor(payment, order)).hasMessage("looked up");
  }
}
