package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "respond-async",
        "Respond-Async",
        " respond-async ; foo=\"a, b\"",
        "return=minimal, respond-async",
        "foo=\"a,respond-async=1\\\"\", respond-async",
        "respond-async=",
        "respond-async=\"\"",
        "=broken, respond-async",
        "respond-async, respond-async=no",
        "respond-async, foo=\"x"
      })
  void anAnswerBeforeThePaymentIsPreferred(String header) {
    assertThat(read(header)).isEqualTo(new Preferences(true, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "wait=5",
        "respond async",
        "respond-async=no",
        "respond-async=no, respond-async",
        "foo=\"respond-async",
        "foo=\"a, respond-async\"",
        "respond-asynchronously"
      })
  void whateverElseIsSaidIsNoSuchPreference(String header) {
    assertThat(read(header).respondAsync()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=2", "wait=\"2\"", "WAIT = 2;x=y", "wait=2, wait=9"})
  void aTimeToWaitIsInSeconds(String header) {
    assertThat(read("respond-async, " + header).patience()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=-1", "wait=1.5", "wait=soon"})
  void aTimeThatIsNoneIsIgnored(String header) {
    assertThat(read("respond-async, " + header)).isEqualTo(new Preferences(true, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"86400", "1234567890", "12345678901234567890"})
  void aLongerTimeIsCut(String seconds) {
    Preferences preferences = read("respond-async, wait=" + seconds);
    assertThat(preferences.patience()).isEqualTo(LONGEST);
    assertThat(preferences.applied()).isEqualTo("respond-async, wait=30");
    assertThat(preferences.waited()).isEqualTo("wait=30");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=%s", "x=1;%s", "x=\"%s\"", "x;y=\"%s\"", "%s"})
  void aLongOneIsReadAsAShortOne(String header) {
    String others = header.formatted("a".repeat(100_000)) + ", " + "\"\"".repeat(50_000) + ", ";
    assertThat(read(others + "respond-async").respondAsync()).isTrue();
  }

  /** A time that grew with the square of their number would be hours. */
  @Test
  void manyAreReadAsFew() {
    String others = "a=\"b\",".repeat(1_000_000) + ",".repeat(1_000_000);
    assertThat(read(others + "respond-async").respondAsync()).isTrue();
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(Preferences.read(List.of("wait=3", "respond-async"), LONGEST))
        .isEqualTo(new Preferences(true, Duration.ofSeconds(3)));
    assertThat(Preferences.read(List.of("foo=\"open", "respond-async"), LONGEST).respondAsync())
        .isTrue();
  }

  private static Preferences read(String header) {
    return Preferences.read(List.of(header), LONGEST);
  }
}
