package org.ticketing.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor time of the compilers in a JVM, by its threads. They go on for long after a service
 * answers at its full speed, and have more to do the more different code there is; but a process
 * that runs for hours needs them no more.
 */
final class CompilerTime {

  /** How the names of their threads begin. */
  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

  private CompilerTime() {}

  /**
   * The time taken since the process began. It is unknown, and therefore empty, where the kernel
   * does not account for threads in /proc, and of a process that is gone.
   */
  static Optional<Duration> of(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return Optional.of(
          Duration.ofNanos(
              threads.filter(CompilerTime::isCompiler).mapToLong(CompilerTime::nanos).sum()));
    } catch (IOException | UncheckedIOException notThere) {
      return Optional.empty();
    }
  }

  private static boolean isCompiler(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return COMPILERS.stream().anyMatch(name::startsWith);
    } catch (IOException ended) {
      return false; // as threads of other kinds do at any time
    }
  }

  /** The first figure of schedstat is the time on a processor. */
  private static long nanos(Path thread) {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
    } catch (IOException notThere) {
      throw new UncheckedIOException(notThere);
    }
  }
}
