package org.ticketing.experiments.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ticketing.experiments.crash.AskedPayment;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PlannedPayment;

/** The payments of one system in one run, as their customers see them. Safe for several threads. */
final class Payments {

  private final Map<String, Sent> all = new LinkedHashMap<>();
  private final long origin = System.nanoTime();
  private final Instant originTime = Instant.now();
  private int inFlight;

  /** A payment that was sent. */
  private static final class Sent {

    private final String key;
    private final PlannedPayment payment;
    private final long begun;
    private long ended;
    private Answer answer;
    private boolean hit;

    Sent(String key, PlannedPayment payment, long begun) {
      this.key = key;
      this.payment = payment;
      this.begun = begun;
    }

    View.Payment view() {
      return new View.Payment(
          key,
          begun,
          answer == null ? null : ended,
          answer == null ? null : answer.outcome().name().toLowerCase(Locale.ROOT),
          answer == null ? null : answer.reason(),
          payment.expected().isLate(),
          hit,
          answer == null ? null : answer.paymentId());
    }
  }

  /** Milliseconds since the begin. */
  long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
  }

  /** The time of day at the begin. */
  Instant begin() {
    return originTime;
  }

  synchronized void sent(String key, PlannedPayment payment) {
    all.put(key, new Sent(key, payment, now()));
    inFlight++;
    notifyAll();
  }

  synchronized void answered(String key, Answer answer) {
    Sent sent = all.get(key);
    sent.answer = answer;
    sent.ended = now();
    inFlight--;
    notifyAll();
  }

  synchronized int sent() {
    return all.size();
  }

  synchronized int inFlight() {
    return inFlight;
  }

  boolean areAnswered() {
    return inFlight() == 0;
  }

  /** Waits until all are answered, for a limited time. */
  synchronized void awaitAnswers(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos();
        inFlight > 0 && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Waits until the next payment is sent, for a limited time. */
  synchronized void awaitNext(Duration patience) throws InterruptedException {
    int before = all.size();
    long deadline = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos();
        all.size() == before && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Something was killed: remembers which payments are under way. */
  synchronized void hit() {
    all.values().stream().filter(sent -> sent.answer == null).forEach(sent -> sent.hit = true);
  }

  /** The keys of the first payments that were hit. */
  synchronized List<String> hitKeys(int most) {
    return all.values().stream()
        .filter(sent -> sent.hit)
        .limit(most)
        .map(sent -> sent.key)
        .toList();
  }

  /** Those that were hit, and the latest others, in the order in which they were sent. */
  synchronized List<View.Payment> views(int latest) {
    List<Sent> sent = new ArrayList<>(all.values());
    int from = Math.max(0, sent.size() - latest);
    return Stream.concat(
            sent.subList(0, from).stream().filter(one -> one.hit),
            sent.subList(from, sent.size()).stream())
        .map(Sent::view)
        .toList();
  }

  /** Those whose customers were not told what became of them. */
  synchronized List<AskedPayment> untold() {
    return all.values().stream()
        .filter(sent -> sent.answer == null || !sent.answer.isFinal())
        .map(
            sent ->
                new AskedPayment(
                    sent.payment,
                    sent.key,
                    sent.answer == null ? Answer.unknown("no answer in time") : sent.answer))
        .toList();
  }
}
