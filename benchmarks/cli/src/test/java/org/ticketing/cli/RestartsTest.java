package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.process.StackProcess;

class RestartsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"payment", "restart", "restart all", "restart payment point", "stop payment", "?"})
  void whatIsNoRestartIsAnsweredWithWhatWouldBe(String line) {
    Map<String, StackProcess> processes = new HashMap<>();
    processes.put("point", null);
    processes.put("payment", null);

    assertThat(new Restarts(processes, new PrintWriter(new StringWriter())).answer(line))
        .isEqualTo("Not understood: " + line + ". Type restart and one of payment, point.");
  }
}
