package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What a payment without coordination is made of, measured in the same run: five calls, the
 * client's included, and four commits of its services.
 *
 * @param lookupP50Micros of {@code GET /users/{id}}, by one client
 * @param forcedWriteP50Micros of a small record appended to a file beside the databases
 * @param micros five lookups and four forced writes
 * @param ratio of the p50 of the yardstick, with one client, to it
 */
public record Floor(long lookupP50Micros, long forcedWriteP50Micros, long micros, double ratio) {

  private static final int CALLS = 5;
  private static final int FORCED_WRITES = 4;

  private static final int WRITES = 1000;
  private static final int RECORD_BYTES = 512;

  static Floor of(long lookupP50Micros, long forcedWriteP50Micros, double paymentP50Micros) {
    long micros = CALLS * lookupP50Micros + FORCED_WRITES * forcedWriteP50Micros;
    return new Floor(
        lookupP50Micros, forcedWriteP50Micros, micros, paymentP50Micros / Math.max(1, micros));
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
