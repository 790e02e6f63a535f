package org.ticketing.experiments.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.experiments.live.Order.Kill;

class OrderTest {

  @Test
  void isReadFromWhatThePageSends() {
    assertThat(
            Order.parse(
                """
                {"rate": 5, "seconds": 20, "refusals": 10, "kill": "payment", "after": 7}
                """))
        .isEqualTo(new Order(5, 20, 10, new Kill("payment", 7)));
  }

  @Test
  void mayKillNothing() {
    assertThat(Order.parse("{\"rate\": 1, \"seconds\": 1, \"refusals\": 0, \"kill\": \"\"}").kill())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                                            | What was sent is no JSON.
          {}                                                 | rate must be a whole number.
          {"rate": "5", "seconds": 2, "refusals": 0}         | rate must be a whole number.
          {"rate": 2.5, "seconds": 2, "refusals": 0}         | rate must be a whole number.
          {"rate": null, "seconds": 2, "refusals": 0}        | rate must be a whole number.
          {"rate": 0, "seconds": 2, "refusals": 0}           | rate must be from 1 to 20.
          {"rate": 21, "seconds": 2, "refusals": 0}          | rate must be from 1 to 20.
          {"rate": 5, "seconds": 61, "refusals": 0}          | seconds must be from 1 to 60.
          {"rate": 5, "seconds": 2, "refusals": 51}          | refusals must be from 0 to 50.
          {"rate": 5, "seconds": 2, "refusals": 0, "kill": "point"} | after must be a whole number.
          {"rate": 5, "seconds": 2, "refusals": 0, "kill": "point", "after": 3} | after must be from 1 to 2.
          """)
  void saysInOneLineWhatIsWrong(String sent, String reason) {
    assertThatThrownBy(() -> Order.parse(sent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }
}
