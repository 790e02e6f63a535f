package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;

class CurlSessionTest {

  private final String session =
      CurlSession.on(
          service -> "http://" + service + ".example.org",
          SystemKeys.generate(),
          "http://partner.example.org/sales");

  @Test
  void leavesNoVariableToFillIn() {
    assertThat(session).doesNotContainPattern("\\$[A-Z]");
    for (String service : SystemDescription.SERVICES) {
      assertThat(session).contains("http://" + service + ".example.org/");
    }
  }

  /** The build starts the tests of this module in Turkish; see its pom. */
  @Test
  void isTestedWhereTheSmallLetterOfIIsNoI() {
    assertThat("RESERVATION".toLowerCase(Locale.getDefault())).isNotEqualTo("reservation");
  }
}
