package org.ticketing.experiments.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Forwards connections to a process, and can delay or drop what is sent over them. */
public final class Relay implements Closeable {

  /** What is dropped. The connection on which it came is closed then. */
  public enum Loss {
    NOTHING,
    REQUESTS,
    ANSWERS
  }

  /** Is shown what is forwarded in one direction of one connection. */
  public interface Tap {

    /** Is called before the bytes are forwarded, in their order. */
    void see(byte[] buffer, int length);
  }

  private static final Tap UNSEEN = (buffer, length) -> {};
  private static final int BUFFER = 16 * 1024;

  private final boolean delays;
  private final Supplier<Tap> taps;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listener;
  private volatile int target;
  private volatile long delayNanos;
  private volatile Loss loss = Loss.NOTHING;
  private final AtomicInteger losses = new AtomicInteger();

  /** Forwards at once. */
  public Relay() throws IOException {
    this(() -> UNSEEN);
  }

  /**
   * Delays everything, which also takes some time if the delay is 0.
   *
   * @param delay in each direction: half of the round trip
   */
  public Relay(Duration delay) throws IOException {
    this(true, () -> UNSEEN);
    delay(delay);
  }

  /**
   * Forwards at once, and shows what it forwards.
   *
   * @param taps gives one for each direction of each connection
   */
  public Relay(Supplier<Tap> taps) throws IOException {
    this(false, taps);
  }

  private Relay(boolean delays, Supplier<Tap> taps) throws IOException {
    this.delays = delays;
    this.taps = taps;
    listener = listen(0);
    port = listener.getLocalPort();
    accept(listener);
  }

  public int port() {
    return port;
  }

  /** Sets the port to which everything is forwarded. */
  public void forwardTo(int targetPort) {
    target = targetPort;
  }

  /** Sets the delay of what comes from now on. For a relay that delays. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** Sets what is dropped from now on. */
  public void lose(Loss what) {
    loss = what;
  }

  /** How often something was dropped so far. */
  public int losses() {
    return losses.get();
  }

  /** Does as the process behind it does when it dies: stops listening and closes connections. */
  public void down() {
    close();
  }

  /** Listens again, on the same port, after {@link #down}. */
  public void up() {
    try {
      listener = listen(port);
      accept(listener);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(Relay::closeQuietly);
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
              closeQuietly(caller); // accepted while the listener was being closed
            } else {
              inBackground(() -> connect(caller));
            }
          }
        });
  }

  private void connect(Socket caller) throws IOException, InterruptedException {
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

  private void pass(Socket from, Socket to, Loss direction)
      throws IOException, InterruptedException {
    if (delays) {
      delay(from, to, direction);
    } else {
      try {
        forward(from, direction, to.getOutputStream()::write);
      } finally {
        end(from);
        end(to);
      }
    }
  }

  private interface Sink {
    void write(byte[] buffer, int offset, int length) throws IOException, InterruptedException;
  }

  /** Reads until the end, or until something is to be lost. */
  private void forward(Socket from, Loss direction, Sink sink)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    Tap tap = taps.get();
    InputStream in = from.getInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (loss == direction) {
        losses.incrementAndGet();
        return;
      }
      tap.see(buffer, read);
      sink.write(buffer, 0, read);
    }
  }

  /** The connection ends when what came before its end was delivered. */
  private void delay(Socket from, Socket to, Loss direction)
      throws IOException, InterruptedException {
    DelayLine line = new DelayLine(() -> delayNanos);
    inBackground(() -> deliver(line, from, to));
    try {
      forward(
          from,
          direction,
          (buffer, offset, length) ->
              line.put(Arrays.copyOfRange(buffer, offset, offset + length)));
    } finally {
      line.end();
    }
  }

  private void deliver(DelayLine line, Socket from, Socket to)
      throws IOException, InterruptedException {
    try {
      OutputStream out = to.getOutputStream();
      for (byte[] chunk = line.take(); chunk.length > 0; chunk = line.take()) {
        out.write(chunk);
      }
    } finally {
      line.close();
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    closeQuietly(socket);
  }

  private static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException closedAnyway) {
      // Nothing more is sent over it.
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException connectionClosed) {
                // Both ends are closed then. Nobody interrupts these threads.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
