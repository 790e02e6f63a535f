package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.run.UnusableException;

class TrackerOptionsTest {

  private static final String FIRST = "http://127.0.0.1:1111";
  private static final String SECOND = "http://127.0.0.1:2222";
  private static final String USUAL = "http://127.0.0.1:8190";

  @TempDir private Path home;

  @Test
  void isThatOfTheRunThatIsAlive() throws IOException {
    run("20261126-130000-1", FIRST);
    Path alive = run("20261126-140000-2", SECOND);

    assertThat(TrackerOptions.address(home, alive::equals)).isEqualTo(SECOND);
  }

  @Test
  void isTheUsualOneWithoutARunThatHasOne() throws IOException {
    assertThat(TrackerOptions.address(home, run -> true)).isEqualTo(USUAL);

    run("20261126-130000-1", FIRST);
    Files.createDirectory(home.resolve(".ticketing/runs/20261126-140000-2"));

    assertThat(TrackerOptions.address(home, run -> run.toString().endsWith("-2"))).isEqualTo(USUAL);
  }

  @Test
  void isNotGuessedAmongSeveral() throws IOException {
    run("20261126-130000-1", FIRST);
    run("20261126-140000-2", SECOND);

    assertThatThrownBy(() -> TrackerOptions.address(home, run -> true))
        .isInstanceOf(UnusableException.class)
        .hasMessage(
            "Several systems run on this machine; choose one by its --target: %s, %s."
                .formatted(SECOND, FIRST));
  }

  private Path run(String name, String url) throws IOException {
    Path run = Files.createDirectories(home.resolve(".ticketing/runs").resolve(name));
    TrackerOptions.remember(run, url);
    return run;
  }
}
