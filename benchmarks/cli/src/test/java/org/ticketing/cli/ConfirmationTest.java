package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {

  @ParameterizedTest
  @CsvSource({"y, true", "YES, true", "' yes ', true", "n, false", "yesterday, false", "'', false"})
  void onlyYesIsAYes(String answer, boolean confirmed) {
    StringWriter out = new StringWriter();
    Confirmation confirmation =
        new Confirmation(
            new ByteArrayInputStream((answer + "\n").getBytes(StandardCharsets.UTF_8)),
            true,
            new PrintWriter(out));

    assertThat(confirmation.ask("undo 2 transactions?")).isEqualTo(confirmed);
    assertThat(out.toString()).isEqualTo("undo 2 transactions? [y/N] ");
  }

  @Test
  void theEndOfTheInputIsANo() {
    Confirmation confirmation =
        new Confirmation(InputStream.nullInputStream(), true, new PrintWriter(new StringWriter()));

    assertThat(confirmation.ask("undo?")).isFalse();
  }
}
