package org.ticketing.stack.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of the loopback interface, at which a server is to listen. */
record LoopbackPort(int number) {

  private static final int PATIENCE_MILLIS = 1000;

  /**
   * Whether somebody listens there.
   *
   * @return true; that nobody listens is thrown
   */
  boolean accepts() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), number), PATIENCE_MILLIS);
      return true;
    }
  }
}
