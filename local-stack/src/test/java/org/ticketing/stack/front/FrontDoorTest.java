package org.ticketing.stack.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrontDoorTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int DEADLINE = (int) Duration.ofSeconds(20).toMillis();

  private ServerSocket instance;
  private FrontDoor door;

  @BeforeEach
  void open() throws IOException {
    instance = new ServerSocket(0, 0, LOOPBACK);
    door =
        FrontDoor.open(
            new InetSocketAddress(LOOPBACK, 0), LOOPBACK.getHostAddress(), instance.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    instance.close();
  }

  @Test
  void passesOnWhatBothSidesSend() throws IOException {
    try (Socket caller = connect();
        Socket called = instance.accept()) {
      send(caller, "question");
      assertThat(read(called, "question".length())).isEqualTo("question");

      send(called, "answer");
      assertThat(read(caller, "answer".length())).isEqualTo("answer");
    }
  }

  @Test
  void lastAnswerComesAfterTheCallerHasEnded() throws IOException {
    try (Socket caller = connect();
        Socket called = instance.accept()) {
      caller.shutdownOutput();
      assertThat(called.getInputStream().read()).isEqualTo(-1);

      send(called, "answer");
      assertThat(read(caller, "answer".length())).isEqualTo("answer");
    }
  }

  @Test
  void endOfAnInstanceIsSeenByTheCaller() throws IOException {
    try (Socket caller = connect()) {
      instance.accept().close();

      assertThat(caller.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void callerIsNotKeptWaitingWhereNoInstanceListens() throws IOException {
    instance.close();
    try (Socket caller = connect()) {
      assertThat(caller.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void anInstanceThatCameBackIsReachedAgain() throws IOException {
    int port = instance.getLocalPort();
    instance.close();
    try (Socket refused = connect()) {
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }

    instance = new ServerSocket(port, 0, LOOPBACK);
    try (Socket caller = connect();
        Socket called = instance.accept()) {
      send(caller, "question");
      assertThat(read(called, "question".length())).isEqualTo("question");
    }
  }

  private Socket connect() throws IOException {
    Socket caller = new Socket(LOOPBACK, door.port());
    caller.setSoTimeout(DEADLINE);
    return caller;
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket from, int length) throws IOException {
    return new String(from.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }
}
