package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.CoordinatorSettings.Phases;

/** The name is part of the name of every branch, which has a limited length. */
class CoordinatorSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment",
        "payment-2",
        "a.name_of-thirty-characters-30",
        "payment-*",
        "a.name-of_28.characters-and-*"
      })
  void nameIsShort(String name) {
    assertThat(isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "pay*ment",
        "payment-**",
        "pay/ment",
        "a.name_of-31-characters-to-be31",
        "a.name-of_29.characters-and.-*"
      })
  void otherNamesAreRefused(String name) {
    assertThat(isValid(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = "a.name-of_28.characters-and-*")
  void longestNumberFits(String name) {
    assertThat(isValid(settings(name).numbered(99))).isTrue();
  }

  private static boolean isValid(String name) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      Validator validator = factory.getValidator();
      return validator.validate(settings(name)).isEmpty();
    }
  }

  private static CoordinatorSettings settings(String name) {
    return new CoordinatorSettings(
        name,
        Path.of("unused"),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        2,
        Log.OWN,
        Phases.PARALLEL);
  }
}
