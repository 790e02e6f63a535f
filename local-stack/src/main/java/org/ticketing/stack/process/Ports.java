package org.ticketing.stack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody else uses. Each is held until it is released, also while the process that it is
 * for is dead. Free ports are taken from below the range that operating systems use for outgoing
 * connections. Runs at the same time do not take each other's ports: for each, they lock the byte
 * at the port's offset in one file.
 */
public final class Ports implements AutoCloseable {

  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;

  /**
   * The file with the locks, open once in the whole JVM and never closed: closing any channel of a
   * file gives up all the JVM's locks on it.
   */
  private static FileChannel reservations;

  private final List<FileLock> held = new ArrayList<>();

  /**
   * Takes a free port.
   *
   * @throws StackException if there is none
   */
  public synchronized int any() {
    int start = ThreadLocalRandom.current().nextInt(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + (start + i) % COUNT;
      if (reserve(port)) {
        return port;
      }
    }
    throw new StackException("No free port between %d and %d.".formatted(FIRST, FIRST + COUNT - 1));
  }

  /**
   * Takes this port.
   *
   * @throws StackException if it is taken already, or is no port
   */
  public synchronized int exactly(int port) {
    if (port < 1 || port > 65_535) {
      throw new StackException(port + " is not a port: ports go from 1 to 65535.");
    }
    if (!reserve(port)) {
      throw new StackException(
          "Port " + port + " is taken: end what listens there, or choose another.");
    }
    return port;
  }

  /** Gives a port back. Idempotent. */
  public synchronized void release(int port) {
    held.stream().filter(lock -> lock.position() == port).toList().forEach(this::release);
  }

  @Override
  public synchronized void close() {
    List.copyOf(held).forEach(this::release);
  }

  private void release(FileLock lock) {
    held.remove(lock);
    try {
      lock.release();
    } catch (IOException e) {
      throw new StackException("Cannot release a port: " + e.getMessage(), e);
    }
  }

  private boolean reserve(int port) {
    FileLock lock = lock(port);
    if (lock == null) {
      return false;
    }
    held.add(lock);
    if (isBindable(port)) {
      return true;
    }
    release(lock);
    return false;
  }

  private static FileLock lock(int port) {
    try {
      return reservations().tryLock(port, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    } catch (IOException e) {
      throw new StackException("Cannot reserve a port: " + e.getMessage(), e);
    }
  }

  private static synchronized FileChannel reservations() throws IOException {
    if (reservations == null) {
      Path file =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "ticketing-ports-" + System.getProperty("user.name"));
      reservations = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    return reservations;
  }

  private static boolean isBindable(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
