package org.ticketing.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.run.UnusableException;

class TargetTest {

  private static final String URLS =
      """
      # as they are published
      user=http://127.0.0.1:8081/
      concert=http://127.0.0.1:8082
      queue=http://127.0.0.1:8083
      seat=http://127.0.0.1:8084
      reservation=http://127.0.0.1:8085
      point=http://127.0.0.1:8086
      payment=http://127.0.0.1:8087
      partner=http://127.0.0.1:8088
      """;

  @TempDir private Path folder;

  @Test
  void allServicesAreBehindOneGateway() {
    Target target = Target.of("http://127.0.0.1:8080/");

    assertThat(target.urls().apply("payment")).isEqualTo("http://127.0.0.1:8080");
    assertThat(target.urls().apply("user")).isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void eachServiceHasAUrlOfItsOwn() {
    Target target = Target.of("https://{service}.example.org/api");

    assertThat(target.urls().apply("payment")).isEqualTo("https://payment.example.org/api");
  }

  @Test
  void aFileHasTheUrlOfEachService() throws IOException {
    Path file = file(URLS);

    Target target = Target.of(file.toString());

    assertThat(target.urls().apply("user")).isEqualTo("http://127.0.0.1:8081");
    assertThat(target.urls().apply("partner")).isEqualTo("http://127.0.0.1:8088");
    assertThat(target.given()).isEqualTo(file.toString());
  }

  @Test
  void aFileThatLeavesServicesOutIsRefusedWithTheirNames() throws IOException {
    Path file = file(URLS.replace("point=", "#").replace("seat=", "#"));

    assertThatThrownBy(() -> Target.of(file.toString()))
        .isInstanceOf(UnusableException.class)
        .hasMessage(file + " has no URL of: seat, point.");
  }

  @Test
  void aFileWithSomethingElseIsRefused() throws IOException {
    assertRefused(URLS + "till=http://127.0.0.1:8089", "names till, which is none of the services");
    assertRefused(URLS + "seat=127.0.0.1:8084", "seat=127.0.0.1:8084 is no URL");
    assertRefused("user=\\u12", "cannot be read as properties");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8080", "ftp://example.org", "http://", "http://a b"})
  void whatIsNeitherAUrlNorAFileIsRefusedWithWhatWouldBe(String given) {
    assertThatThrownBy(() -> Target.of(given))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("{service}")
        .hasMessageEndingWith("there is no file " + given + ".");
  }

  private void assertRefused(String content, String reason) throws IOException {
    String file = file(content).toString();
    assertThatThrownBy(() -> Target.of(file))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(reason);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("target.properties"), content);
  }
}
