package org.ticketing.payment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.ticketing.payment.RecordedPayments.Ended;
import org.ticketing.platform.Reason;

/**
 * How many payments have ended how in the last minutes, by second. Only the last seconds are
 * counted anew when somebody asks, because a payment becomes visible with its commit, which is
 * later than the time of its end in it.
 */
@Component
class RecentOutcomes {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration RATED = Duration.ofMinutes(1);
  private static final Duration COUNTED_AGAIN = Duration.ofSeconds(10);

  private final RecordedPayments payments;
  private final Clock clock;
  private final NavigableMap<Instant, Map<String, Long>> seconds = new TreeMap<>();
  private Instant countedAt = Instant.EPOCH;

  RecentOutcomes(RecordedPayments payments, Clock clock) {
    this.payments = payments;
    this.clock = clock;
  }

  /** Of the last five minutes, such as {@code completed} or {@code refused insufficient-points}. */
  synchronized Map<String, Long> counts() {
    count();
    Map<String, Long> counts = new TreeMap<>();
    seconds.values().forEach(second -> second.forEach((key, n) -> counts.merge(key, n, Long::sum)));
    return counts;
  }

  /** Completed payments a second, in the last minute. */
  synchronized double perSecond() {
    count();
    long completed =
        seconds.tailMap(clock.instant().minus(RATED)).values().stream()
            .mapToLong(second -> second.getOrDefault(Outcome.COMPLETED.toString(), 0L))
            .sum();
    return completed / (double) RATED.toSeconds();
  }

  /** Not more than once a second. */
  private void count() {
    Instant now = clock.instant();
    if (now.isBefore(countedAt.plusSeconds(1))) {
      return;
    }
    Instant oldest = now.minus(KEPT);
    Instant since = countedAt.minus(COUNTED_AGAIN);
    if (since.isBefore(oldest)) {
      since = oldest;
    }
    since = Instant.ofEpochSecond(since.getEpochSecond());
    Map<Instant, Map<String, Long>> counted = new TreeMap<>();
    for (Ended ended : payments.endedSince(since)) {
      counted
          .computeIfAbsent(ended.second(), second -> new TreeMap<>())
          .put(name(ended.reason()), ended.count());
    }
    seconds.headMap(oldest).clear();
    seconds.tailMap(since).clear();
    seconds.putAll(counted);
    countedAt = now;
  }

  private static String name(String reason) {
    return reason == null
        ? Outcome.COMPLETED.toString()
        : Outcome.of(Reason.of(reason).orElseThrow()) + " " + reason;
  }
}
