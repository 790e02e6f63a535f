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
import java.util.function.Function;

/**
 * Forwards connections to a process, and can delay, drop, or keep back what is sent over them.
 *
 * <p>It stands in for a network in which packets vanish, as far as a program can do this that does
 * not own the network. A new connection is always accepted: where packets vanish, a caller would
 * wait for that too. And what has vanished stays so: a network would have it sent again.
 */
public final class Relay implements Closeable {

  /** Seen from the caller. */
  public enum Direction {
    REQUESTS,
    ANSWERS;

    private Direction opposite() {
      return this == REQUESTS ? ANSWERS : REQUESTS;
    }
  }

  /** What becomes of what is sent in one direction. */
  public enum Treatment {
    FORWARD,
    /** It is dropped, and the connection on which it came is closed. */
    LOSE,
    /**
     * It is dropped, and nobody is told: the connection stays open, and stays silent in this
     * direction also afterwards. Nor is anybody told of the end of a connection, before the
     * treatment changes. What connects meanwhile never gets an answer.
     */
    SWALLOW,
    /** It is kept, and arrives when the treatment changes. New connections wait likewise. */
    DETAIN
  }

  /** Is shown what is forwarded in one direction of one connection. */
  public interface Tap {

    /** Is called before the bytes are forwarded, in their order. */
    void see(byte[] buffer, int length);
  }

  /** For a relay that listens at any port that is free. */
  private static final int ANY_PORT = 0;

  private static final Tap UNSEEN = (buffer, length) -> {};
  private static final int BUFFER = 16 * 1024;

  private final boolean delays;
  private final Function<Direction, Tap> taps;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Lane requests = new Lane();
  private final Lane answers = new Lane();
  private volatile ServerSocket listener;
  private volatile int target;
  private volatile long delayNanos;

  /** Forwards at once. */
  public Relay() throws IOException {
    this(direction -> UNSEEN, ANY_PORT);
  }

  /**
   * Delays everything, which also takes some time if the delay is 0.
   *
   * @param delay in each direction: half of the round trip
   */
  public Relay(Duration delay) throws IOException {
    this(delay, ANY_PORT);
  }

  /** The same at a port. */
  public Relay(Duration delay, int port) throws IOException {
    this(true, direction -> UNSEEN, port);
    delay(delay);
  }

  /**
   * Forwards at once, and shows what it forwards.
   *
   * @param taps gives one for each direction of each connection
   */
  public Relay(Function<Direction, Tap> taps, int port) throws IOException {
    this(false, taps, port);
  }

  private Relay(boolean delays, Function<Direction, Tap> taps, int port) throws IOException {
    this.delays = delays;
    this.taps = taps;
    listener = listen(port);
    this.port = listener.getLocalPort();
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

  /** Sets what becomes of what is sent in this direction from now on. */
  public void treat(Direction direction, Treatment treatment) {
    lane(direction).treat(treatment);
  }

  /** How often something was not forwarded at once so far. */
  public long disturbed() {
    return requests.disturbed() + answers.disturbed();
  }

  /** Does as the process behind it does when it dies: stops listening and closes connections. */
  public void down() {
    closeQuietly(listener);
    open.forEach(Relay::closeQuietly);
    open.clear();
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
    down();
    // Nobody has to wait any more.
    requests.treat(Treatment.FORWARD);
    answers.treat(Treatment.FORWARD);
  }

  private Lane lane(Direction direction) {
    return direction == Direction.REQUESTS ? requests : answers;
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
      if (requests.swallows() || answers.swallows()) {
        swallow(caller);
        return;
      }
      requests.awaitPassage();
      answers.awaitPassage();
      Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(called);
      called.setTcpNoDelay(true);
      caller.setTcpNoDelay(true);
      inBackground(() -> pass(called, caller, Direction.ANSWERS));
      pass(caller, called, Direction.REQUESTS);
    } finally {
      end(caller);
    }
  }

  /** Until the caller gives up. */
  private void swallow(Socket caller) throws IOException {
    (requests.swallows() ? requests : answers).meet();
    caller.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void pass(Socket from, Socket to, Direction direction)
      throws IOException, InterruptedException {
    if (delays) {
      delay(from, to, direction);
      return;
    }
    Direction ended = direction;
    try {
      ended = forward(from, direction, to.getOutputStream()::write);
    } finally {
      lane(ended).awaitPassage();
      end(from);
      end(to);
    }
  }

  private interface Sink {
    void write(byte[] buffer, int offset, int length) throws IOException, InterruptedException;
  }

  /**
   * Reads until the end, or until something is to be lost.
   *
   * @return the direction in which the other is to learn of the end: this one if the sender has
   *     ended, the opposite if the receiver has
   */
  private Direction forward(Socket from, Direction direction, Sink sink)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    Tap tap = taps.apply(direction);
    Lane lane = lane(direction);
    InputStream in = from.getInputStream();
    boolean hasGap = false;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      switch (lane.meet()) {
        case FORWARD -> {}
        case LOSE -> {
          return direction;
        }
        case SWALLOW -> hasGap = true;
        case DETAIN -> lane.awaitPassage();
      }
      if (!hasGap) {
        tap.see(buffer, read);
        try {
          sink.write(buffer, 0, read);
        } catch (IOException receiverEnded) {
          return direction.opposite();
        }
      }
    }
    return direction;
  }

  /**
   * The connection ends when what came before its end was delivered: whoever delivers ends it, and
   * not whoever reads.
   */
  private void delay(Socket from, Socket to, Direction direction)
      throws IOException, InterruptedException {
    DelayLine line = new DelayLine(() -> delayNanos);
    inBackground(() -> fill(line, from, direction));
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

  private void fill(DelayLine line, Socket from, Direction direction)
      throws IOException, InterruptedException {
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
