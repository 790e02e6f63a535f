package org.ticketing.experiments.load;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.workload.OpenLoop;
import org.ticketing.workload.Tally.Answers;

/** What happens every second while requests are sent: an interval ends, and progress is shown. */
final class LoadTicks {

  private static final int SECONDS_BETWEEN_LINES = 5;

  private final String what;
  private final double rate;
  private final int all;
  private final OpenLoop loop;
  private final LoadMeter meter;
  private Histogram recent = LoadMeter.histogram();
  private int second;

  LoadTicks(String what, double rate, Duration duration, OpenLoop loop, LoadMeter meter) {
    this.what = what;
    this.rate = rate;
    this.all = (int) Math.max(1, duration.toSeconds());
    this.loop = loop;
    this.meter = meter;
  }

  /** Steps that the progress has: one for each second of the duration. */
  int all() {
    return all;
  }

  /** To be called once a second. */
  void second(Consumer<Histogram> intervals, ProgressListener progress) {
    second++;
    Histogram interval = meter.takeInterval();
    intervals.accept(interval);
    recent.add(interval);
    if (second % SECONDS_BETWEEN_LINES == 0) {
      progress.step(Math.min(second, all - 1), all, line());
      recent = LoadMeter.histogram();
    }
  }

  private String line() {
    Answers answers = meter.answers();
    return String.format(
        Locale.ROOT,
        "%s: %.1f of %.1f/s; %d completed, %d refused, %d failed, %d unknown; %d late, %d ms behind;"
            + " p50 %.1f, p99 %.1f ms",
        what,
        (double) recent.getTotalCount() / SECONDS_BETWEEN_LINES,
        rate,
        answers.completed(),
        answers.refusedCount(),
        answers.failedCount(),
        answers.unknownCount(),
        meter.late(),
        TimeUnit.NANOSECONDS.toMillis(loop.behindNanos()),
        recent.getValueAtPercentile(50) / 1e3,
        recent.getValueAtPercentile(99) / 1e3);
  }
}
