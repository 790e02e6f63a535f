package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.process.StackException;

class DurabilityProbeTest {

  private static final DurabilityProbe DURABLE = new DurabilityProbe("MySQL", 50, 51);

  @Test
  void aServerMayForceMoreThanItsCommits() {
    assertThatCode(() -> DurabilityProbe.require(List.of(DURABLE))).doesNotThrowAnyException();
  }

  @Test
  void aServerThatDoesNotForceEveryCommitIsRefused() {
    assertThatThrownBy(
            () ->
                DurabilityProbe.require(
                    List.of(DURABLE, new DurabilityProbe("PostgreSQL", 50, 49))))
        .isInstanceOf(StackException.class)
        .hasMessage("Commits do not survive a crash: PostgreSQL forced 49 writes for 50 commits.");
  }
}
