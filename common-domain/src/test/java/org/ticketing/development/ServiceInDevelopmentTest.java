package org.ticketing.development;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServiceInDevelopmentTest {

  @Test
  void aNameThatNoServiceHasIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> ServiceInDevelopment.main(new String[] {"reservation", "points"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user, concert, queue, seat, reservation, point, payment, partner")
        .hasMessageContaining("points");
  }
}
