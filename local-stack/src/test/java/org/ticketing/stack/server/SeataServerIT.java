package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.LogFile;
import org.ticketing.stack.process.StackException;

class SeataServerIT {

  private static LocalStack stack;
  private static Server server;

  @BeforeAll
  static void start() {
    stack = LocalStack.start(StackOptions.forServers(Set.of("seata")));
    server = stack.server("seata");
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @Test
  void flushesEveryDecision() {
    assertThat(server.durability().settings())
        .containsEntry("store.file.flush-disk-mode", "SYNC_MODEL");
    assertThat(stack.durability()).containsExactly(server.durability());
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    Loopback.assertAloneListensAt(server.process().port());
  }

  @Test
  void tellsHowManyTransactionsItHasNotFinished() {
    assertThat(server.unfinishedTransactions("tcc-payment")).isZero();
  }

  @Test
  void startsAgainOnItsPortAfterKill() {
    int port = server.process().port();

    server.process().kill();
    assertThat(Loopback.accepts(port)).isFalse();
    server.process().restart();

    assertThat(Loopback.accepts(port)).isTrue();
    assertThat(stack.unexpectedDeath()).isNotDone();
  }

  @Test
  void numbersItsMessagesUnlikeTheServerBefore() {
    Optional<String> before = firstMessage();

    server.process().restart();

    assertThat(firstMessage()).isPresent().isNotEqualTo(before);
  }

  @Test
  void namesItsPatches() {
    assertThat(server.patches().orElseThrow().file())
        .isEqualTo("local-stack/seata-server/patches.btm");
    assertThat(server.patches().orElseThrow().sha256()).hasSize(64);
    assertThat(server.patches().orElseThrow().rules())
        .contains("begin to number messages anywhere")
        .doesNotContain("listen on loopback only");
  }

  @Test
  void asShippedItHasNoPatchesAndStaysDurableAndOnLoopback() throws IOException {
    StackOptions options = StackOptions.forServers(Set.of("seata"));
    try (LocalStack other = LocalStack.start(options.withAsShipped(Set.of("seata")))) {
      Server shipped = other.server("seata");
      assertThat(shipped.patches()).isEmpty();
      assertThat(shipped.durability()).isEqualTo(server.durability());
      assertThat(LogFile.lastValue(shipped.process().log(), "first-message")).isEmpty();
      Loopback.assertAloneListensAt(shipped.process().port());
    }
  }

  @Test
  void isNoDatabase() {
    assertThatThrownBy(stack::postgres)
        .isInstanceOf(StackException.class)
        .hasMessage("PostgreSQL is not part of this stack.");
  }

  private static Optional<String> firstMessage() {
    return LogFile.lastValue(server.process().log(), "first-message");
  }
}
