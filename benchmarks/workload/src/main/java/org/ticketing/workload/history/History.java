package org.ticketing.workload.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What customers and readers did and saw in one system, on one monotonic clock. Safe for several
 * threads.
 *
 * <p>It is written as JSON Lines: a header, and then one line for each operation, about in the
 * order in which they ended.
 */
public final class History {

  public static final int VERSION = 2;

  private static final JsonMapper JSON = new JsonMapper();

  private final String system;
  private final Instant origin;
  private final long originNanos = System.nanoTime();
  private final List<Operation> operations = new ArrayList<>();

  /** Begins now. */
  public History(String system) {
    this(system, Instant.now());
  }

  private History(String system, Instant origin) {
    this.system = system;
    this.origin = origin;
  }

  /** The first line of a written history. */
  record Header(String type, int version, String system, Instant origin) {}

  public String system() {
    return system;
  }

  /** When the clock showed 0; only as exact as the machine's time of day. */
  public Instant origin() {
    return origin;
  }

  /** Nanoseconds since the origin; meaningless in a history that was read from a file. */
  public long now() {
    return System.nanoTime() - originNanos;
  }

  public void add(Operation operation) {
    synchronized (operations) {
      operations.add(operation);
    }
  }

  /** Those recorded so far. */
  public List<Operation> operations() {
    synchronized (operations) {
      return List.copyOf(operations);
    }
  }

  public <T extends Operation> Stream<T> operations(Class<T> kind) {
    return operations().stream().filter(kind::isInstance).map(kind::cast);
  }

  /**
   * The operations that began in a time. What was asked later, which payment belonged to which
   * reservation, is kept for the reservations of this part.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public History during(long from, long to) {
    List<Operation> all = operations();
    List<Operation> within =
        all.stream()
            .filter(one -> !(one instanceof PaymentsRead))
            .filter(one -> one.start() >= from && one.start() < to)
            .toList();
    Set<UUID> reservations = new HashSet<>();
    for (Operation one : within) {
      if (one instanceof Pay pay) {
        reservations.add(pay.reservation());
      } else if (one instanceof ReservationRead read) {
        reservations.add(read.reservation());
      }
    }
    History part = of(within);
    all.stream()
        .filter(PaymentsRead.class::isInstance)
        .map(read -> ((PaymentsRead) read).of(reservations))
        .filter(read -> !read.payments().isEmpty())
        .forEach(part::add);
    return part;
  }

  /** A history of these operations alone, on the same clock. */
  public History of(List<Operation> some) {
    History part = new History(system, origin);
    some.forEach(part::add);
    return part;
  }

  public void writeTo(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(JSON.writeValueAsString(new Header("history", VERSION, system, origin)));
      out.newLine();
      for (Operation operation : operations()) {
        out.write(JSON.writerFor(Operation.class).writeValueAsString(operation));
        out.newLine();
      }
    }
  }

  /**
   * Reads a history that {@link #writeTo} has written.
   *
   * @throws IOException it cannot be read, or is no history of this version
   */
  public static History readFrom(Path file) throws IOException {
    int number = 1;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      Header header = JSON.readValue(String.valueOf(in.readLine()), Header.class);
      if (header == null || header.version() != VERSION) {
        throw new IOException(file + " is no history of version " + VERSION);
      }
      History history = new History(header.system(), header.origin());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        history.add(JSON.readValue(line, Operation.class));
      }
      return history;
    } catch (JacksonException malformed) {
      throw new IOException(
          "%s, line %d: %s".formatted(file, number, malformed.getOriginalMessage()));
    }
  }
}
