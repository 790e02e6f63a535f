package org.ticketing.xa;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** For how long branches have been seen, where no database says since when they are prepared. */
class FirstSeen {

  private final Clock clock;
  private final Map<BranchXid, Instant> times = new HashMap<>();

  FirstSeen(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns for how long each of these branches has been seen without a break.
   *
   * @param branches all that are seen now; the others are forgotten
   */
  synchronized Collection<Duration> ages(Set<BranchXid> branches) {
    Instant now = clock.instant();
    times.keySet().retainAll(branches);
    branches.forEach(branch -> times.putIfAbsent(branch, now));
    return times.values().stream().map(since -> Duration.between(since, now)).toList();
  }
}
