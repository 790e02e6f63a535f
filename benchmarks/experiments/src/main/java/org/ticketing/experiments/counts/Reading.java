package org.ticketing.experiments.counts;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.ticketing.experiments.counts.Count.Unit;

/** What all counters of a system showed at a moment. */
final class Reading {

  private final long nanos;
  private final Map<Counted, Long> values = new TreeMap<>();

  /** A reading that is taken now. */
  Reading() {
    this(System.nanoTime());
  }

  Reading(long nanos) {
    this.nanos = nanos;
  }

  /** What a counter counts. */
  record Counted(Unit unit, String where, String kind) implements Comparable<Counted> {

    private static final Comparator<Counted> ORDER =
        Comparator.comparing(Counted::unit)
            .thenComparing(Counted::where)
            .thenComparing(Counted::kind);

    @Override
    public int compareTo(Counted other) {
      return ORDER.compare(this, other);
    }
  }

  void add(Unit unit, String where, String kind, long count) {
    values.merge(new Counted(unit, where, kind), count, Long::sum);
  }

  Map<Counted, Long> values() {
    return values;
  }

  long get(Counted counted) {
    return values.getOrDefault(counted, 0L);
  }

  double secondsSince(Reading earlier) {
    return (nanos - earlier.nanos) / 1e9;
  }
}
