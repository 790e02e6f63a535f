package org.ticketing.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The processor time of a process and those it started, as the kernel accounts for it. On Linux
 * also that of children that have ended, as PostgreSQL's backends do with their connections.
 */
final class ProcessorTime {

  private static final Path PROC = Path.of("/proc");

  /** The kernel's USER_HZ, a hundred a second on every architecture Java runs on. */
  private static final long TICK_MILLIS = 10;

  /** utime, stime, cutime and cstime, counted from behind the name; see proc(5). */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  private ProcessorTime() {}

  /** Since the process began; zero for one that is gone. */
  static Duration of(ProcessHandle process) {
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

  /** The name, in parentheses, may contain anything, also spaces and parentheses. */
  static Duration inStat(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int time = FIRST_TIME; time < FIRST_TIME + TIMES; time++) {
      ticks += Long.parseLong(fields[time]);
    }
    return Duration.ofMillis(ticks * TICK_MILLIS);
  }
}
