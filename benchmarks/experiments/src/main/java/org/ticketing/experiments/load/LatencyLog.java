package org.ticketing.experiments.load;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The interval log of HdrHistogram: a line with the latencies of each interval, which its tools
 * turn into time lines.
 */
final class LatencyLog implements Closeable {

  /** Latencies are in microseconds, and both formats show them in milliseconds. */
  private static final double MICROS_IN_MILLI = 1000;

  private final PrintStream out;
  private final HistogramLogWriter log;
  private final long begin;
  private long from;

  /**
   * @param comment in the first lines of the file
   */
  LatencyLog(Path file, String comment) throws FileNotFoundException {
    out = new PrintStream(file.toFile());
    log = new HistogramLogWriter(out);
    begin = System.currentTimeMillis();
    from = begin;
    log.outputLogFormatVersion();
    log.outputComment("[" + comment + "]");
    log.outputStartTime(begin);
    log.setBaseTime(begin);
    log.outputLegend();
  }

  /**
   * Ends an interval.
   *
   * @param micros the latencies since the last call
   */
  void add(Histogram micros) {
    long now = System.currentTimeMillis();
    micros.setStartTimeStamp(from);
    micros.setEndTimeStamp(now);
    log.outputIntervalHistogram((from - begin) / 1e3, (now - begin) / 1e3, micros, MICROS_IN_MILLI);
    from = now;
  }

  /**
   * @throws IOException something could not be written, now or before
   */
  @Override
  public void close() throws IOException {
    close(out);
  }

  /** A print stream does not throw; it has to be asked. */
  private static void close(PrintStream written) throws IOException {
    boolean failed = written.checkError();
    written.close();
    if (failed) {
      throw new IOException("The latencies could not be written: is the disk full?");
    }
  }

  /** Writes a percentile distribution, as the plotters of HdrHistogram read it. */
  static void writeDistribution(Path file, Histogram micros) throws IOException {
    PrintStream out = new PrintStream(file.toFile());
    micros.outputPercentileDistribution(out, MICROS_IN_MILLI);
    close(out);
  }
}
