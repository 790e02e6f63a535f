package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerApi.NewPartner;
import org.ticketing.partner.PartnerApi.PartnerView;
import org.ticketing.partner.PartnerApi.Status;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.testing.OnRealDatabase;

/** Takes the turns of a partner's job itself, instead of leaving them to the scheduler. */
@OnRealDatabase.Postgresql
class DeliveryTurnTest {

  @Autowired private PartnerService partners;
  @Autowired private SaleService sales;
  @Autowired private DeliveryTurn turn;
  @Autowired private DeliverySteps steps;
  @Autowired private Webhook webhook;
  @Autowired private PartnerProperties properties;
  @Autowired private JdbcClient jdbc;

  private final UUID job = UUID.randomUUID();
  private SomePartners some;
  private Receiver receiver;
  private NewPartner partner;

  @BeforeEach
  void register() throws IOException {
    sales.record(List.of(SomePartners.sale()));
    receiver = new Receiver();
    some = new SomePartners(partners);
    partner = some.register(receiver.url());
    jdbc.sql("UPDATE partner SET activation = :job WHERE id = :id")
        .param("job", job)
        .param("id", partner.id())
        .update();
  }

  @AfterEach
  void end() {
    some.close();
    receiver.close();
  }

  @Test
  void salesAreDeliveredInTheirOrderUntilNoneIsLeft() {
    sell(3);
    assertThat(turn.take(job)).isEmpty();
    assertThat(receiver.numbers()).isEqualTo(numbers()).hasSize(3);
    assertThat(view().pending()).isZero();
    assertThat(partners.deliveries(partner.id(), 0, 10))
        .extracting(DeliveryView::attempts)
        .containsOnly(1);
  }

  @Test
  void theNextSaleStagesAnotherJob() {
    assertThat(turn.take(job)).isEmpty();
    sell(1);
    Awaitility.await().until(() -> view().pending() == 0);
    assertThat(receiver.numbers()).isEqualTo(numbers()).hasSize(1);
  }

  @Test
  void aFailedDeliveryIsRepeatedWithBackoffBeforeAnyLaterOne() {
    sell(2);
    receiver.answer(500);
    assertThat(turn.take(job)).contains(Duration.ofSeconds(1));
    assertThat(turn.take(job)).contains(Duration.ofSeconds(2));
    assertThat(turn.take(job)).contains(Duration.ofSeconds(4));
    assertThat(view().failures()).isEqualTo(3);
    assertThat(view().lastError()).contains("500");

    receiver.answer(200);
    assertThat(turn.take(job)).isEmpty();
    long first = numbers().get(0);
    long second = numbers().get(1);
    assertThat(receiver.numbers()).containsExactly(first, first, first, first, second);
    assertThat(view().failures()).isZero();
    assertThat(view().lastError()).isNull();
  }

  @Test
  void aPartnerThatFailsTooOftenIsParkedAndCanBeResumed() {
    sell(1);
    receiver.answer(503);
    for (int attempt = 1; attempt < properties.attempts(); attempt++) {
      assertThat(turn.take(job)).isPresent();
    }
    assertThat(view().status()).isEqualTo(Status.ACTIVE);
    assertThat(turn.take(job)).isEmpty();
    assertThat(view().status()).isEqualTo(Status.PARKED);
    assertThat(view().lastError()).contains("503");

    sell(1);
    assertThat(turn.take(job)).isEmpty();
    assertThat(receiver.received()).hasSize(properties.attempts());
    assertThat(view().pending()).isEqualTo(2);
    assertThat(numbers()).as("a parked partner polls its feed").hasSize(2);

    receiver.answer(200);
    PartnerView resumed = partners.resume(partner.id());
    assertThat(resumed.status()).isEqualTo(Status.ACTIVE);
    assertThat(resumed.failures()).isZero();
    partners.resume(partner.id());
    Awaitility.await().until(() -> view().pending() == 0);
    assertThat(receiver.numbers()).hasSize(properties.attempts() + 2).endsWith(numbers().get(1));
  }

  @Test
  void aPostThatWasNotRecordedIsRepeatedWithTheSameNumber() {
    sell(1);
    jdbc.sql(
            "ALTER TABLE partner_delivery ADD CONSTRAINT broken CHECK (delivered_at IS NULL) NOT"
                + " VALID")
        .update();
    try {
      assertThatThrownBy(() -> turn.take(job)).isInstanceOf(DataIntegrityViolationException.class);
    } finally {
      jdbc.sql("ALTER TABLE partner_delivery DROP CONSTRAINT broken").update();
    }
    assertThat(turn.take(job)).isEmpty();
    long number = numbers().get(0);
    assertThat(receiver.numbers()).containsExactly(number, number);
  }

  @Test
  void aTurnEndsWhileMoreIsLeft() {
    sell(6);
    var brief = new DeliveryTurn(steps, webhook, aSecondLaterEachTime());
    assertThat(brief.take(job)).contains(Duration.ZERO);
    assertThat(receiver.numbers()).isEqualTo(numbers().subList(0, 4));
    assertThat(turn.take(job)).isEmpty();
    assertThat(receiver.numbers()).isEqualTo(numbers());
  }

  @Test
  void noSaleFromBeforeTheRegistrationIsDelivered() {
    assertThat(turn.take(job)).isEmpty();
    assertThat(receiver.received()).isEmpty();
    assertThat(numbers()).isEmpty();
  }

  @Test
  void nothingIsDeliveredAfterTheEnd() {
    sell(1);
    partners.end(partner.id());
    partners.end(partner.id());
    sell(1);
    assertThat(turn.take(job)).isEmpty();
    assertThat(receiver.received()).isEmpty();
    assertThat(partners.deliveries(partner.id(), 0, 10)).hasSize(1);
  }

  private static Clock aSecondLaterEachTime() {
    var seconds = new AtomicLong();
    InstantSource source = () -> Instant.ofEpochSecond(seconds.getAndIncrement());
    return source.withZone(ZoneOffset.UTC);
  }

  private void sell(int count) {
    for (int i = 0; i < count; i++) {
      sales.record(List.of(SomePartners.sale()));
    }
  }

  private PartnerView view() {
    return partners.find(partner.id());
  }

  private List<Long> numbers() {
    return partners.feed(partner.feedKey(), 0, 1000).stream().map(SoldSeats::number).toList();
  }
}
