package org.ticketing.experiments.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LatencyLogTest {

  @TempDir private Path folder;

  @Test
  void hasALineForEachIntervalThatTheToolsOfHdrHistogramRead() throws Exception {
    Path file = folder.resolve("load.hlog");
    try (LatencyLog log = new LatencyLog(file, "a test")) {
      log.add(histogram(1000, 2000));
      log.add(histogram());
      log.add(histogram(3000));
    }

    List<Histogram> intervals = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        intervals.add((Histogram) next);
      }
    }
    assertThat(intervals).extracting(Histogram::getTotalCount).containsExactly(2L, 0L, 1L);
    assertThat(intervals.get(2).getMaxValue()).isBetween(3000L, 3001L);
  }

  @Test
  void aDistributionIsInMilliseconds() throws Exception {
    Path file = folder.resolve("load.hgrm");

    LatencyLog.writeDistribution(file, histogram(1000, 2000));

    assertThat(Files.readString(file)).contains("Percentile", "Max     =        2.000");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBeWrittenIsNotKeptSilent() throws Exception {
    Path full = Path.of("/dev/full");
    LatencyLog log = new LatencyLog(full, "a test");
    log.add(histogram(1000));

    assertThatIOException().isThrownBy(log::close);
    assertThatIOException().isThrownBy(() -> LatencyLog.writeDistribution(full, histogram(1000)));
  }

  private static Histogram histogram(long... micros) {
    Histogram histogram = LoadMeter.histogram();
    for (long value : micros) {
      histogram.recordValue(value);
    }
    return histogram;
  }
}
