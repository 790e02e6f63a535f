package org.ticketing.experiments.counts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ticketing.experiments.counts.Counts.Part;
import org.ticketing.experiments.counts.Reading.Counted;

/**
 * What happens while nobody pays, which is taken off what is counted while somebody does.
 *
 * @param from the beginning of a time in which nobody paid
 * @param to its end
 */
record Background(Reading from, Reading to) {

  /**
   * The counts of payments that were made after this time.
   *
   * @param made once they were made, before anything followed
   * @param afterwards what happens while nobody pays, once what follows is not held back any more
   * @param followed once everything had followed; the same as {@code made} if nothing does
   */
  Part part(int payments, Reading made, Background afterwards, Reading followed) {
    Set<Counted> changed = new TreeSet<>(followed.values().keySet());
    changed.removeIf(counted -> followed.get(counted) == to.get(counted));
    List<Count> counts = new ArrayList<>();
    for (Counted counted : changed) {
      counts.add(
          new Count(
              counted.unit(),
              counted.where(),
              counted.kind(),
              takenOff(counted, to, made) / payments,
              afterwards.takenOff(counted, made, followed) / payments,
              perSecond(counted)));
    }
    return new Part(payments, counts);
  }

  /** What was counted between two readings, without what happens anyway. */
  private double takenOff(Counted counted, Reading earlier, Reading later) {
    return later.get(counted)
        - earlier.get(counted)
        - perSecond(counted) * later.secondsSince(earlier);
  }

  private double perSecond(Counted counted) {
    return (to.get(counted) - from.get(counted)) / to.secondsSince(from);
  }
}
