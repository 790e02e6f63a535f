package org.ticketing.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessorTimeTest {

  private static final Duration SOME = Duration.ofMillis(200);

  @Test
  void growsWhileAChildIsBusy() throws Exception {
    Process parent = shell("sh -c 'while :; do :; done' & read -r line; kill $!");
    try {
      await()
          .untilAsserted(() -> assertThat(ProcessorTime.of(parent.toHandle())).isGreaterThan(SOME));
    } finally {
      parent.outputWriter().close();
      parent.waitFor();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void keepsThatOfChildrenThatHaveEnded() throws Exception {
    Process parent =
        shell(
            "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo ended; read -r line");
    try {
      assertThat(parent.inputReader().readLine()).isEqualTo("ended");
      assertThat(ProcessorTime.of(parent.toHandle())).isPositive();
    } finally {
      parent.outputWriter().close();
      parent.waitFor();
    }
  }

  @Test
  void isReadBehindAnyName() {
    assertThat(
            ProcessorTime.inStat(
                "42 (a) b (c) S 1 42 42 0 -1 4194560 900 5000 1 2 10 20 300 4000 20 0 1 0 5 6 7"))
        .isEqualTo(Duration.ofMillis(43_300));
  }

  @Test
  void ofAProcessThatIsGoneIsNothing() throws Exception {
    Process process = shell("exit");
    process.waitFor();
    assertThat(ProcessorTime.of(process.toHandle())).isZero();
  }

  private static Process shell(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).start();
  }
}
