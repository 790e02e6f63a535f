package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.Shop;
import org.ticketing.verification.contract.TestedSystem;

/** A payment process that is told to stop while a payment is under way. */
final class StoppingProcess {

  /** For how long the process waits for its requests; on a busy machine the end takes a while. */
  static final String PATIENCE_PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

  static final String PATIENCE_OF_PROCESS = "20s";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private StoppingProcess() {}

  /** The event that ends the payment comes while the process waits for its requests. */
  static void answersWhatIsUnderWay(TestedSystem system, StackProcess payment) throws Exception {
    Purchase purchase = new Shop(system).purchaseWithPoints(Shop.PRICE);
    CompletableFuture<String> answer;
    try (var lock = purchase.stopAtReservation()) {
      answer = purchase.startPaying();
      purchase.awaitStopped();
      payment.expectEnd();
      ProcessHandle.of(payment.pid()).orElseThrow().destroy();
      await().atMost(PATIENCE).until(() -> !accepts(payment.port()));
    }

    try {
      assertThat(answer.get()).isEqualTo("paid");
      assertThat(payment.awaitEnd(PATIENCE)).isTrue();
    } finally {
      payment.restart();
    }
  }

  private static boolean accepts(int port) {
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
