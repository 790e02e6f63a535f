package org.ticketing.stack.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;

/** The loopback interface of this machine. */
final class Loopback {

  private Loopback() {}

  /** Whether somebody listens there. */
  static boolean accepts(int port) {
    return accepts(InetAddress.getLoopbackAddress(), port);
  }

  static void assertAloneListensAt(int port) throws IOException {
    assertThat(accepts(port)).isTrue();
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .forEach(address -> assertThat(accepts(address, port)).as("%s", address).isFalse());
  }

  private static boolean accepts(InetAddress address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
