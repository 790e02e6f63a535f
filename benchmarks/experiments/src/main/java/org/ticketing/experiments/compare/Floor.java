package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ticketing.stack.system.ProtocolCost.SerialPath;
import org.ticketing.stack.system.SystemDescription;

/**
 * What payments are made of at least on this machine, measured in the same run.
 *
 * @param lookupP50Micros of {@code GET /users/{id}}, the cheapest call that reads a row, by one
 *     client
 * @param forcedWriteP50Micros of a small record appended to a file beside the databases
 * @param systems that were warm and say what their serial path is
 */
public record Floor(long lookupP50Micros, long forcedWriteP50Micros, List<Floor.OfSystem> systems) {

  /**
   * The latency that a system cannot beat.
   *
   * @param calls on its serial path
   * @param forcedWrites on its serial path
   * @param micros the calls and forced writes, each at its p50
   * @param ratio of the p50 of the system, with one client, to it
   */
  public record OfSystem(String system, int calls, int forcedWrites, long micros, double ratio) {

    static OfSystem of(
        SystemDescription system, long lookupMicros, long forcedMicros, double p50Micros) {
      SerialPath path = system.cost().serialPath();
      long micros = path.calls() * lookupMicros + path.forcedWrites() * forcedMicros;
      return new OfSystem(
          system.name(),
          path.calls(),
          path.forcedWrites(),
          micros,
          p50Micros / Math.max(1, micros));
    }
  }

  private static final int WRITES = 1000;
  private static final int RECORD_BYTES = 512;

  /** That of a system, if it has one. */
  Optional<OfSystem> of(String system) {
    return systems.stream().filter(one -> one.system().equals(system)).findFirst();
  }

  /**
   * The median of a thousand forced writes.
   *
   * @param folder on the file system of the databases
   */
  static long forcedWriteP50Micros(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "forced", ".write");
    try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      long[] nanos = new long[WRITES];
      for (int number = 0; number < WRITES; number++) {
        ByteBuffer line = ByteBuffer.allocate(RECORD_BYTES);
        long began = System.nanoTime();
        channel.write(line);
        channel.force(false);
        nanos[number] = System.nanoTime() - began;
      }
      Arrays.sort(nanos);
      return nanos[WRITES / 2] / 1000;
    } finally {
      Files.delete(file);
    }
  }
}
