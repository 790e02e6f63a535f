package org.ticketing.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BalancerTest {

  private final List<ServerSocket> servers = new ArrayList<>();
  private final Balancer balancer;

  BalancerTest() throws IOException {
    balancer = new Balancer();
    for (int i = 0; i < 2; i++) {
      ServerSocket server = echoing();
      servers.add(server);
      balancer.add(server.getLocalPort());
    }
  }

  @AfterEach
  void close() throws IOException {
    balancer.close();
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  @Test
  void leadsConnectionsToAllInstancesInTurn() throws IOException {
    List<Integer> ports = servers.stream().map(ServerSocket::getLocalPort).toList();

    assertThat(List.of(asked(), asked(), asked(), asked()))
        .containsExactly(ports.get(0), ports.get(1), ports.get(0), ports.get(1));
  }

  @Test
  void passesOverAnInstanceThatIsDown() throws IOException {
    servers.get(0).close();
    int other = servers.get(1).getLocalPort();

    assertThat(List.of(asked(), asked())).containsOnly(other);
  }

  @Test
  void closesAConnectionThatNobodyAccepts() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }

    try (Socket connection = connect()) {
      assertThat(connection.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Sends a byte, and returns the port of the server that answers with the same. */
  private int asked() throws IOException {
    try (Socket connection = connect()) {
      connection.getOutputStream().write(7);
      assertThat(connection.getInputStream().read()).isEqualTo(7);
      int high = connection.getInputStream().read();
      return high << 8 | connection.getInputStream().read();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), balancer.port());
  }

  /** Answers each connection with what it has sent and the server's port. */
  private static ServerSocket echoing() throws IOException {
    var server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  try (Socket caller = server.accept()) {
                    int port = server.getLocalPort();
                    int sent = caller.getInputStream().read();
                    caller
                        .getOutputStream()
                        .write(new byte[] {(byte) sent, (byte) (port >> 8), (byte) port});
                  }
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
