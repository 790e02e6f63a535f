package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.partner.PartnerApi.PartnerView;
import org.ticketing.testing.OnRealDatabase;

/**
 * The timeout is so long that a delivery that had to wait for a slow partner would not be made in
 * this test.
 */
@OnRealDatabase.Postgresql
class SlowPartnersTest {

  @Autowired private PartnerService partners;
  @Autowired private SaleService sales;

  private SomePartners some;
  private Receiver hanging;
  private Receiver trickling;
  private Receiver failing;
  private Receiver good;

  @BeforeEach
  void open() throws IOException {
    some = new SomePartners(partners);
    hanging = new Receiver();
    hanging.neverAnswer();
    trickling = new Receiver();
    trickling.trickle();
    failing = new Receiver();
    failing.answer(500);
    good = new Receiver();
  }

  @AfterEach
  void close() {
    some.close();
    hanging.close();
    trickling.close();
    failing.close();
    good.close();
  }

  @Test
  void delayNeitherOtherPartnersNorTheRecordingOfSales() {
    UUID hung = some.register(hanging.url()).id();
    UUID trickled = some.register(trickling.url()).id();
    UUID failed = some.register(failing.url()).id();
    some.register(good.url());
    sales.record(List.of(SomePartners.sale()));
    Awaitility.await()
        .until(() -> hanging.numbers().size() == 1 && trickling.numbers().size() == 1);
    Awaitility.await().until(() -> partners.find(failed).failures() > 0);

    for (int i = 1; i < 20; i++) {
      sales.record(List.of(SomePartners.sale()));
    }

    Awaitility.await().until(() -> good.numbers().size() == 20);
    assertThat(good.numbers()).isSorted();
    assertStillInItsFirstAttempt(hung);
    assertStillInItsFirstAttempt(trickled);
    assertThat(failing.numbers()).containsOnly(good.numbers().get(0));
  }

  private void assertStillInItsFirstAttempt(UUID partnerId) {
    PartnerView partner = partners.find(partnerId);
    assertThat(partner.pending()).isEqualTo(20);
    assertThat(partner.failures()).isZero();
  }
}
