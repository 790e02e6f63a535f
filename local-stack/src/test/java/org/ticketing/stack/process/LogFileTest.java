package org.ticketing.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

  @TempDir private Path folder;

  @Test
  void aFailedStartIsToldInSpringsOwnWords() throws IOException {
    assertThat(
            lastMeaningfulLine(
                """
                Caused by: java.lang.IllegalStateException: somewhere deep
                \tat org.example.Deep.down(Deep.java:1)
                2030-01-01 ERROR LoggingFailureAnalysisReporter :

                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                Binding to target failed:

                    Property: ticketing.queue.interval
                    Reason: must be longer than 1 second


                Action:

                Update your application's configuration

                """))
        .isEqualTo(
            "Binding to target failed: Property: ticketing.queue.interval"
                + " Reason: must be longer than 1 second");
  }

  @Test
  void otherwiseTheInnermostCauseIs() throws IOException {
    assertThat(
            lastMeaningfulLine(
                """
                ERROR it failed
                Caused by: java.io.IOException: outer
                Caused by: java.lang.IllegalStateException: inner
                \tat org.example.Deep.down(Deep.java:1)
                bye
                """))
        .isEqualTo("Caused by: java.lang.IllegalStateException: inner");
  }

  @Test
  void orTheLastErrorOrTheLastLine() throws IOException {
    assertThat(lastMeaningfulLine("FATAL: no disk\nbye\n")).isEqualTo("FATAL: no disk");
    assertThat(lastMeaningfulLine("hello\nbye\n\n")).isEqualTo("bye");
    assertThat(lastMeaningfulLine("")).isEqualTo("no output");
  }

  private String lastMeaningfulLine(String log) throws IOException {
    return LogFile.lastMeaningfulLine(Files.writeString(folder.resolve("log"), log));
  }
}
