package org.ticketing.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromqlNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up | up",
        "sum by (outcome, le) (rate(a_seconds_bucket{outcome=~\"x}y\"}[5m])) | a_seconds_bucket",
        "a{b=\"c\"} > 100 and max(d offset 10m) | a d",
        "a:b:rate5m / on (service) group_left (x) c | a:b:rate5m c",
        "histogram_quantile(0.99, a) == 0 or 0 * max by (b) (last_over_time(c[1h])) | a c"
      })
  void areWhatIsNeitherFunctionNorKeywordNorLabel(String expression, String names) {
    assertThat(PromqlNames.in(expression)).containsExactly(names.split(" "));
  }
}
