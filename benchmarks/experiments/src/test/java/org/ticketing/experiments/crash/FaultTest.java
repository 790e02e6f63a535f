package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.experiments.crash.Fault.Kind;

class FaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill payment",
        "kill payment+seata after 15s",
        "kill seata for 2h",
        "kill payment after 2s for 45s",
        "lose requests to point",
        "lose answers of point",
        "silence between payment and point for 45s",
        "silence from point to payment for 45s",
        "delay between payment and seata for 45s",
        "delay from payment to point for 45s",
        "vanish payment+point for 45s",
        "pause payment for 45s",
        "set back the clock of payment by 1h",
        "turn back the clock of payment for 45s",
        "cut database connections of point",
        "fill the disk of seata",
        "lose the store of seata",
        "hang 15s",
        "end of payment",
        "nothing"
      })
  void saysWhatItWasReadFrom(String text) {
    assertThat(Fault.parse(text)).hasToString(text);
  }

  @Test
  void tellsItsPartsApart() {
    assertThat(Fault.parse("kill payment+seata after 15s for 90m"))
        .isEqualTo(
            new Fault(
                Kind.KILL,
                List.of("payment", "seata"),
                Duration.ofSeconds(15),
                Duration.ofMinutes(90)));
    assertThat(Fault.parse("silence  from point to payment for 45s"))
        .isEqualTo(
            new Fault(
                Kind.SILENCE_FROM,
                List.of("point", "payment"),
                Duration.ZERO,
                Duration.ofSeconds(45)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kill",
        "kill point+point",
        "kill +",
        "kill point for",
        "kill point for -5s",
        "kill point for 5ms",
        "kill point for soon",
        "kill point for 21h",
        "kill point for 2s after 3s",
        "silence between point and point for 45s",
        "silence between point and payment",
        "silence to point for 45s",
        "pause point",
        "vanish point",
        "nothing at all"
      })
  void isRefusedIfItsTextIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.parse(text));
  }

  @Test
  void aRefusalNamesSimilarFaults() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse("silence point for 45s"))
        .withMessage(
            "not a fault: silence point for 45s (but: silence between TARGET and OTHER for TIME;"
                + " silence from TARGET to OTHER for TIME)");
  }

  @ParameterizedTest
  @CsvSource({
    "kill payment for 10m, false",
    "kill payment for 2h, true",
    "silence between payment and point for 45s, false",
    "kill payment, false"
  })
  void isNotWaitedForIfItIsTooLong(String text, boolean isTooLong) {
    assertThat(Fault.parse(text).isTooLongToWaitFor()).isEqualTo(isTooLong);
  }
}
