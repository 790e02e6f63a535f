package org.ticketing.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CompilerTimeTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void isAPartOfWhatAJvmTakes() {
    ProcessHandle self = ProcessHandle.current();

    assertThat(CompilerTime.of(self.pid()).orElseThrow())
        .isPositive()
        .isLessThan(ProcessorTime.of(self));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ofAnotherProgramIsNothing() throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-c", "read -r line").start();
    try {
      assertThat(CompilerTime.of(shell.pid())).contains(Duration.ZERO);
    } finally {
      shell.outputWriter().close();
      shell.waitFor();
    }
  }

  @Test
  void ofAProcessThatIsGoneIsNotKnown() throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-c", "exit").start();
    shell.waitFor();

    assertThat(CompilerTime.of(shell.pid())).isEmpty();
  }
}
