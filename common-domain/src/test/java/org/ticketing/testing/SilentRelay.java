package org.ticketing.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ticketing.stack.server.JdbcAccess;

/**
 * Forwards connections to a server, and can go silent: connections stay open and are accepted, but
 * nothing arrives any more, not even their end. What was held back arrives when it goes on.
 */
public final class SilentRelay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private boolean silent;

  /**
   * @param target a port on this machine
   */
  public SilentRelay(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    inBackground(this::accept);
  }

  public static SilentRelay to(JdbcAccess database) {
    return new SilentRelay(port(database));
  }

  /** The same database, reached through this relay. */
  public JdbcAccess through(JdbcAccess database) {
    String url = database.url().replace(":" + target + "/", ":" + listener.getLocalPort() + "/");
    return new JdbcAccess(url, database.user(), database.password());
  }

  private static int port(JdbcAccess database) {
    return URI.create(database.url().substring("jdbc:".length())).getPort();
  }

  public synchronized void silence() {
    silent = true;
  }

  public synchronized void goOn() {
    silent = false;
    notifyAll();
  }

  private synchronized void awaitSpeech() {
    try {
      while (silent) {
        wait();
      }
    } catch (InterruptedException neverHappens) {
      throw new AssertionError(neverHappens);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = opened(listener.accept());
        Socket server = opened(new Socket(InetAddress.getLoopbackAddress(), target));
        inBackground(() -> forward(client, server));
        inBackground(() -> forward(server, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private Socket opened(Socket socket) {
    open.add(socket);
    return socket;
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        awaitSpeech();
        to.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException broken) {
      // The other side is told as soon as anything is.
    }
    awaitSpeech();
    close(from);
    close(to);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is of no use any more.
    }
  }

  private static void inBackground(Runnable work) {
    var thread = new Thread(work, "silent relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    goOn();
    open.forEach(this::close);
  }
}
