package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ticketing.choreography.EventKind.PAYMENT_REQUESTED;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.choreography.EventDatabase.Server;

/** What the gauges say of events that do not go on. */
@ParameterizedClass
@EnumSource
class EventGaugesTest {

  private final EventDatabase database;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  EventGaugesTest(Server server) {
    this.database = new EventDatabase(server);
  }

  @Test
  void eventsThatAreUnderWayAreNotInDoubt() {
    record(Duration.ZERO);
    bind();

    assertThat(gauge("ticketing.in.doubt", "what", "late events")).isZero();
    assertThat(gauge("ticketing.in.doubt.age", "what", "late events")).isZero();
    assertThat(gauge("ticketing.compensations.failing", "what", "parked events")).isZero();
  }

  @Test
  void theAgeIsThatOfTheOldestOfThoseThatAreLate() {
    record(Duration.ZERO);
    record(Duration.ofMinutes(1));
    record(Duration.ofHours(1));
    bind();

    assertThat(gauge("ticketing.in.doubt", "what", "late events")).isEqualTo(2);
    assertThat(gauge("ticketing.branches", "state", "late")).isEqualTo(2);
    assertThat(gauge("ticketing.in.doubt.age", "what", "late events")).isBetween(3590.0, 3660.0);
  }

  @Test
  void aParkedEventDoesNotEndByItself() {
    database.parked.add(
        EventDatabase.event(PAYMENT_REQUESTED, UUID.randomUUID()).forReader("point"), "poison");
    bind();

    assertThat(gauge("ticketing.compensations.failing", "what", "parked events")).isEqualTo(1);
    assertThat(gauge("ticketing.branches", "state", "parked")).isEqualTo(1);
  }

  private void record(Duration age) {
    PaymentEvent event =
        database.inTransaction(
            () ->
                database.outbox.add(
                    EventDatabase.event(PAYMENT_REQUESTED, UUID.randomUUID()), "point"));
    database
        .jdbc
        .sql(
            "UPDATE outbox SET recorded_at = recorded_at - %s WHERE number = :number"
                .formatted(Outbox.interval(age)))
        .param("number", event.number())
        .update();
  }

  private void bind() {
    new EventGauges(database.outbox, database.parked, Clock.systemUTC()).bindTo(registry);
  }

  private double gauge(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).gauge().value();
  }
}
