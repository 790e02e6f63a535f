package org.ticketing.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The processor time of a process and those it started, as the kernel accounts for it. On Linux it
 * includes that of children that have ended, such as PostgreSQL's backends whose connections were
 * closed.
 */
public final class ProcessorTime {

  private static final Path PROC = Path.of("/proc");

  /** The kernel's USER_HZ, a hundred a second on every architecture Java runs on. */
  private static final long TICK_MILLIS = 10;

  /** The place of utime behind the name; stime, cutime and cstime follow it. See proc(5). */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  private ProcessorTime() {}

  /** The time taken since the process began; zero if it is gone. */
  public static Duration of(ProcessHandle process) {
    return Stream.concat(process.descendants(), Stream.of(process))
        .map(ProcessorTime::ofOne)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration ofOne(ProcessHandle process) {
    Path stat = PROC.resolve(process.pid() + "/stat");
    if (!Files.exists(PROC.resolve("self/stat"))) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
    try {
      return inStat(Files.readString(stat));
    } catch (IOException gone) {
      return Duration.ZERO;
    }
  }

  /** Reads a line of /proc/pid/stat, whose name in parentheses may contain parentheses itself. */
  static Duration inStat(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int time = FIRST_TIME; time < FIRST_TIME + TIMES; time++) {
      ticks += Long.parseLong(fields[time]);
    }
    return Duration.ofMillis(ticks * TICK_MILLIS);
  }
}
