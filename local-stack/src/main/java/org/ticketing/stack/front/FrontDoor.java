package org.ticketing.stack.front;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forwards the connections to a port to the instances of a service, each connection to one of them
 * at random. The name of the service is resolved for each connection, so instances may come and go.
 *
 * <p>The engine of containers gives a published port to one container, and another one to it after
 * a restart where several may have it. So a container of this program has the ports instead. It
 * needs nothing but this module's jar on its class path.
 */
public final class FrontDoor implements Closeable {

  /** The port and where it leads, such as {@code 8170=payment:8080}. */
  private static final Pattern DOOR = Pattern.compile("(\\d{1,5})=([^:]+):(\\d{1,5})");

  private static final int BACKLOG = 512;
  private static final int CONNECT_MILLIS = 1000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int USAGE = 2;

  private final ServerSocket door;
  private final String service;
  private final int servicePort;

  private FrontDoor(ServerSocket door, String service, int servicePort) {
    this.door = door;
    this.service = service;
    this.servicePort = servicePort;
  }

  /**
   * Opens all doors, until the process is ended.
   *
   * @param doors each as {@code <port>=<service>:<port>}
   */
  public static void main(String[] doors) throws IOException {
    Locale.setDefault(Locale.ROOT);
    List<Matcher> parsed = Arrays.stream(doors).map(DOOR::matcher).toList();
    if (parsed.isEmpty() || !parsed.stream().allMatch(Matcher::matches)) {
      System.err.println("Usage: FrontDoor <port>=<service>:<port> ...");
      System.exit(USAGE);
    }
    for (Matcher each : parsed) {
      open(
          new InetSocketAddress(Integer.parseInt(each.group(1))),
          each.group(2),
          Integer.parseInt(each.group(3)));
    }
  }

  /**
   * Listens at an address, and forwards what connects there.
   *
   * @param service the name of the service, or its address
   * @param servicePort where its instances listen
   */
  static FrontDoor open(InetSocketAddress address, String service, int servicePort)
      throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(address, BACKLOG);
    var door = new FrontDoor(listening, service, servicePort);
    new Thread(door::accept, service).start();
    return door;
  }

  int port() {
    return door.getLocalPort();
  }

  /** Accepts nobody any more. Open connections stay. */
  @Override
  public void close() throws IOException {
    door.close();
  }

  /** Goes on when a connection cannot be accepted, as when too many are open at the moment. */
  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        inBackground(() -> connect(caller));
      } catch (IOException closedOrTooMany) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Closes the caller's connection if no instance can be reached. */
  private void connect(Socket caller) {
    try (caller;
        Socket called = anyInstance()) {
      caller.setTcpNoDelay(true);
      called.setTcpNoDelay(true);
      Thread answers = inBackground(() -> pass(called, caller));
      pass(caller, called);
      answers.join();
    } catch (IOException noInstance) {
      // The caller sees it.
    } catch (InterruptedException nobodyInterrupts) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket anyInstance() throws IOException {
    List<InetAddress> instances = new ArrayList<>(Arrays.asList(InetAddress.getAllByName(service)));
    Collections.shuffle(instances);
    for (InetAddress instance : instances) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(instance, servicePort), CONNECT_MILLIS);
        return socket;
      } catch (IOException unreachable) {
        socket.close();
      }
    }
    throw new ConnectException("No instance of " + service + " can be reached.");
  }

  /** Passes on what one side sends, and that it has ended. If a side breaks, so do both. */
  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException broken) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException closedAnyway) {
      // Nothing more is sent over it.
    }
  }

  private static Thread inBackground(Runnable work) {
    Thread thread = new Thread(work, "connection");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
