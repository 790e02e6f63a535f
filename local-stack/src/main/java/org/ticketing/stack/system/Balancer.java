package org.ticketing.stack.system;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One port for several: leads each connection to the next of them that accepts it, as clients do
 * that have several addresses for a name.
 */
final class Balancer implements Closeable {

  private final ServerSocket listener;
  private final CopyOnWriteArrayList<Integer> instances = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  Balancer() throws IOException {
    listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    inBackground(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Leads connections to this port, too. Idempotent. */
  void add(int instance) {
    instances.addIfAbsent(instance);
  }

  private void accept() throws IOException {
    while (true) {
      Socket caller = listener.accept();
      inBackground(() -> connect(caller));
    }
  }

  private void connect(Socket caller) throws IOException {
    int first = connections.getAndIncrement();
    for (int i = 0; i < instances.size(); i++) {
      int port = instances.get(Math.floorMod(first + i, instances.size()));
      Socket called;
      try {
        called = new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException refused) {
        continue;
      }
      caller.setTcpNoDelay(true);
      called.setTcpNoDelay(true);
      inBackground(() -> pass(called, caller));
      pass(caller, called);
      return;
    }
    caller.close();
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // Then the other end is closed, too.
              }
            },
            "balancer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException closedAnyway) {
      // Nobody connects to it any more.
    }
  }
}
