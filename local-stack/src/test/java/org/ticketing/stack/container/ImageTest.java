package org.ticketing.stack.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageTest {

  private static final String PROPERTY = "ticketing.image.mysql";

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  /** Testcontainers' own settings may put a registry before it. */
  @Test
  void isThePinnedOne() {
    assertThat(Image.POSTGRESQL.reference()).endsWith("postgres:17");
    assertThat(Image.MYSQL.reference()).endsWith("mysql:8.4");
  }

  @Test
  void isThatOfAMirrorIfAPropertyNamesOne() {
    System.setProperty(PROPERTY, "mirror.example.org/databases/mysql:8.4.6");

    assertThat(Image.MYSQL.reference()).isEqualTo("mirror.example.org/databases/mysql:8.4.6");
  }
}
