package org.ticketing.stack.server;

import java.util.Collection;
import java.util.stream.Collectors;
import org.ticketing.stack.process.StackException;

/**
 * How often a database server forced its log to the disk while one connection committed. As nobody
 * else shares these commits, a durable server forces its log for each of them.
 *
 * @param server the name that users know it by
 */
public record DurabilityProbe(String server, int commits, long forcedWrites) {

  /** Whether each commit was forced. */
  public boolean isDurable() {
    return forcedWrites >= commits;
  }

  /**
   * Refuses servers that do not force each commit.
   *
   * @throws StackException names all of them, in one line
   */
  public static void require(Collection<DurabilityProbe> probes) {
    String found =
        probes.stream()
            .filter(probe -> !probe.isDurable())
            .map(DurabilityProbe::toString)
            .collect(Collectors.joining(", "));
    if (!found.isEmpty()) {
      throw new StackException("Commits do not survive a crash: " + found + ".");
    }
  }

  /** Such as {@code PostgreSQL forced 3 writes for 50 commits}. */
  @Override
  public String toString() {
    return "%s forced %d writes for %d commits".formatted(server, forcedWrites, commits);
  }
}
