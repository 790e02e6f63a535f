package org.ticketing.stack.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEngineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Status 404: {"message":"manifest unknown"}         | manifest unknown
          Status 500: {"message":"Get \\"https://r/v2/\\": no"} | Get "https://r/v2/": no
          no route to host.                                  | no route to host
          """)
  void tellsWhyTheEngineRefusedSomethingInItsOwnWords(String message, String reason) {
    assertThat(ContainerEngine.reason(new IllegalStateException(message))).isEqualTo(reason);
  }

  @Test
  void tellsInOneLineWhatHasSeveral() {
    assertThat(ContainerEngine.reason(new IllegalStateException("no\n such image\n")))
        .isEqualTo("no such image");
  }
}
