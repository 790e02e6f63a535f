package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.relay.Relay.Direction;
import org.ticketing.experiments.relay.Relay.Treatment;

class NetworkTest {

  private final Network network = new Network();
  private ServerSocket point;
  private ServerSocket payment;

  @BeforeEach
  void listen() throws IOException {
    point = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    payment = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    network.close();
    point.close();
    payment.close();
  }

  @Test
  void whatOneSendsToTheOtherIsTreatedWhoeverHasConnected() throws Exception {
    try (Socket fromPayment = connect("payment", "point", point);
        Socket atPoint = point.accept();
        Socket fromPoint = connect("point", "payment", payment);
        Socket atPayment = payment.accept()) {
      network.treat("point", "payment", Treatment.SWALLOW);
      atPoint.getOutputStream().write(1);
      fromPoint.getOutputStream().write(2);
      await().until(() -> network.disturbed() == 2);

      fromPayment.getOutputStream().write(3);
      atPayment.getOutputStream().write(4);
      assertThat(atPoint.getInputStream().read()).isEqualTo(3);
      assertThat(fromPoint.getInputStream().read()).isEqualTo(4);
      assertThat(fromPayment.getInputStream().available()).isZero();
      assertThat(atPayment.getInputStream().available()).isZero();
    }
  }

  @Test
  void everybodyStandsForAllOthers() throws Exception {
    try (Socket fromPayment = connect("payment", "point", point);
        Socket atPoint = point.accept();
        Socket fromShop = connect("shop", "point", point);
        Socket alsoAtPoint = point.accept()) {
      network.treat(Network.EVERYBODY, "point", Treatment.SWALLOW);
      fromPayment.getOutputStream().write(1);
      fromShop.getOutputStream().write(2);
      await().until(() -> network.disturbed() == 2);

      assertThat(atPoint.getInputStream().available()).isZero();
      assertThat(alsoAtPoint.getInputStream().available()).isZero();
    }
  }

  @Test
  void whoeverCallsOneLosesItsAnswers() throws Exception {
    try (Socket fromPayment = connect("payment", "point", point);
        Socket atPoint = point.accept();
        Socket fromPoint = connect("point", "payment", payment);
        Socket atPayment = payment.accept()) {
      network.treatCalls("point", Direction.ANSWERS, Treatment.LOSE);
      atPoint.getOutputStream().write(1);
      fromPoint.getOutputStream().write(2);

      assertThat(fromPayment.getInputStream().read()).isEqualTo(-1);
      assertThat(atPayment.getInputStream().read()).isEqualTo(2);
    }
  }

  private Socket connect(String caller, String callee, ServerSocket listening) throws IOException {
    int port = network.portFor(caller, callee, listening.getLocalPort());
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
