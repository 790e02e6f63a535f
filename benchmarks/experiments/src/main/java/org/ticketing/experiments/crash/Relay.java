package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a process and those who call it, and can lose what passes. */
final class Relay implements Closeable {

  /** What of the traffic is swallowed; the connection it came on is then cut. */
  enum Loss {
    NOTHING,
    REQUESTS,
    ANSWERS
  }

  private static final int BUFFER = 16 * 1024;

  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket entrance;
  private volatile int target;
  private volatile Loss loss = Loss.NOTHING;
  private final AtomicInteger losses = new AtomicInteger();

  Relay() throws IOException {
    entrance = listen(0);
    port = entrance.getLocalPort();
    accept(entrance);
  }

  int port() {
    return port;
  }

  /** Where everything goes. */
  void lead(int targetPort) {
    target = targetPort;
  }

  void lose(Loss what) {
    loss = what;
  }

  /** How often something was lost so far. */
  int losses() {
    return losses.get();
  }

  /** As the process behind it, when that has died: nobody listens, and connections are gone. */
  void down() {
    close();
  }

  /** After {@link #down}. */
  void up() {
    try {
      entrance = listen(port);
      accept(entrance);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  @Override
  public void close() {
    cut(entrance);
    open.forEach(Relay::cut);
    open.clear();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return listening;
  }

  private void accept(ServerSocket listening) {
    inBackground(
        () -> {
          while (!listening.isClosed()) {
            Socket caller = listening.accept();
            if (listening.isClosed()) {
              cut(caller); // the last one slips in while the entrance is being closed
            } else {
              inBackground(() -> connect(caller));
            }
          }
        });
  }

  private void connect(Socket caller) throws IOException {
    open.add(caller);
    try {
      Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(called);
      called.setTcpNoDelay(true);
      caller.setTcpNoDelay(true);
      inBackground(() -> pass(called, caller, Loss.ANSWERS));
      pass(caller, called, Loss.REQUESTS);
    } finally {
      end(caller);
    }
  }

  private void pass(Socket from, Socket to, Loss direction) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (loss == direction) {
          losses.incrementAndGet();
          return;
        }
        to.getOutputStream().write(buffer, 0, read);
      }
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    cut(socket);
  }

  private static void cut(Closeable connection) {
    try {
      connection.close();
    } catch (IOException goneAnyway) {
      // That is what was wanted.
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
              } catch (IOException connectionGone) {
                // Both ends are closed by then.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
