package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ticketing.partner.PartnerApi.PartnerDetails;

class PartnerTest {

  private final Partner partner =
      new Partner(
          new PartnerDetails("A partner", URI.create("https://example.org/"), "0123456789abcdef"),
          FeedKey.create());

  @Test
  void hasOneJobAtATime() {
    assertThat(partner.activate()).isPresent();
    assertThat(partner.activate()).isEmpty();
  }

  /** The row of the job that has just ended may still be there when the next one is staged. */
  @Test
  void neverHasTwoJobsOfTheSameName() {
    UUID first = partner.activate().orElseThrow();
    partner.becomeIdle();
    assertThat(partner.activate()).isPresent().get().isNotEqualTo(first);
  }

  @Test
  void hasNoJobOnceItHasEnded() {
    partner.end();
    partner.resume();
    assertThat(partner.activate()).isEmpty();
  }
}
