package org.ticketing.experiments.counts;

import java.util.List;
import java.util.function.Predicate;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.stack.system.ProtocolCost;

/**
 * What a payment of one client costs in a system, by counting.
 *
 * @param atLeast what the description of the system says; null if it says nothing
 * @param completed payments that were completed
 * @param refusedLate payments that were refused after their points were used
 * @param notCounted what could not be counted here, in short phrases
 */
public record Counts(
    String system,
    ProtocolCost atLeast,
    Part completed,
    Part refusedLate,
    List<String> notCounted) {

  /** What {@link #notCounted} begins with where calls are missing. */
  static final String CALLS = "calls to ";

  /** Whether no calls are missing. */
  public boolean hasAllCalls() {
    return notCounted.stream().noneMatch(what -> what.startsWith(CALLS));
  }

  /**
   * The counts of payments with the same outcome.
   *
   * @param payments over which they are divided
   */
  public record Part(int payments, List<Count> counts) {

    /** The forced writes of all processes and servers that somebody waited for. */
    public double forcedWrites() {
      return sum(Unit.FORCED_WRITE, count -> !count.kind().equals(Count.IN_BACKGROUND));
    }

    /** The calls of the protocol: all but the customer's own and the lookups before a payment. */
    public double protocolCalls() {
      return sum(
          Unit.CALL, count -> !count.kind().equals("POST /payments") && !isLookup(count.kind()));
    }

    /** The lookups before a payment. */
    public double lookups() {
      return sum(Unit.CALL, count -> isLookup(count.kind()));
    }

    public double statements() {
      return sum(Unit.STATEMENT, count -> true);
    }

    /** Of databases and of the coordinator's own log together. */
    public double logBytes() {
      return sum(Unit.LOG_BYTE, count -> true);
    }

    private double sum(Unit unit, Predicate<Count> which) {
      return counts.stream()
          .filter(count -> count.unit() == unit)
          .filter(which)
          .mapToDouble(Count::perPayment)
          .sum();
    }

    private static boolean isLookup(String kind) {
      return kind.startsWith("GET ") && !kind.startsWith("GET /protocol/");
    }
  }
}
