package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What becomes of the failure of a task. */
class AtOnceTest {

  @Test
  void whatATaskThrowsIsThrownOnAsItIs() {
    var refused = new LoadException("A payment was refused.");
    assertThat(thrownOnAfter(refused)).isSameAs(refused);
  }

  @Test
  void whatMustBeCaughtIsWrapped() {
    var broken = new IOException("The connection is broken.");
    assertThat(thrownOnAfter(broken)).isInstanceOf(IllegalStateException.class).hasCause(broken);
  }

  private static RuntimeException thrownOnAfter(Exception failure) {
    Callable<Void> task =
        () -> {
          throw failure;
        };
    return AtOnce.thrownBy(
        catchThrowableOfType(ExecutionException.class, () -> AtOnce.run(List.of(task))));
  }
}
