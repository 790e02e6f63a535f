package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class PartnerTest {

  @Autowired private PartnerService service;
  @Autowired private PartnerRepository partners;

  private SomePartners some;
  private UUID partner;

  @BeforeEach
  void register() {
    some = new SomePartners(service);
    partner = some.register(URI.create("https://example.org/")).id();
  }

  @AfterEach
  void end() {
    some.close();
  }

  @Test
  void hasOneJobAtATime() {
    assertThat(partners.activate(partner)).isPresent();
    assertThat(partners.activate(partner)).isEmpty();
  }

  /** The row of the job that has just ended may still be there when the next one is staged. */
  @Test
  void neverHasTwoJobsOfTheSameName() {
    UUID first = partners.activate(partner).orElseThrow();
    partners.becomeIdle(partner);
    assertThat(partners.activate(partner)).isPresent().get().isNotEqualTo(first);
  }

  @Test
  void hasNoJobOnceItHasEnded() {
    partners.end(partner);
    partners.resume(partner);
    assertThat(partners.activate(partner)).isEmpty();
  }
}
