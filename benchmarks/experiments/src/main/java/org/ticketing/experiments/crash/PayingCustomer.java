package org.ticketing.experiments.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Readers;

/**
 * Somebody who pays twice out of one wallet: the first payment is under way when the crash comes,
 * the second follows it, has nothing to do with it, and wants to be done.
 */
final class PayingCustomer {

  /** What was asked with one key, and the answer. */
  record Asked(PlannedPayment payment, String key, Answer answer) {}

  private static final long PAUSE_MILLIS = 500;

  private final PaymentClient client;
  private final Readers readers;
  private final PlannedPayment first;
  private final PlannedPayment second;
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final String firstKey = UUID.randomUUID().toString();
  private volatile Answer told;
  private volatile long servedAt;

  PayingCustomer(
      PaymentClient client, Readers readers, PlannedPayment first, PlannedPayment second) {
    this.client = client;
    this.readers = readers;
    this.first = first;
    this.second = second;
  }

  /** Sends the first payment, once. */
  void pay() {
    told = pay(first, firstKey);
  }

  /** Whether there is no answer to the first payment. */
  boolean isUnanswered() {
    return told == null;
  }

  /**
   * Sends the second payment until it is paid or refused: with the same key while what became of it
   * is not known, with a new one when it has failed. Ends early when interrupted.
   */
  void follow() {
    String key = UUID.randomUUID().toString();
    try {
      while (true) {
        Answer answer = pay(second, key);
        if (answer.isFinal()) {
          asked.add(new Asked(second, key, answer));
          if (!answer.isFailed()) {
            servedAt = System.nanoTime();
            return;
          }
          key = UUID.randomUUID().toString();
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException givenUp) {
      asked.add(new Asked(second, key, Answer.unknown("given up")));
    }
  }

  private Answer pay(PlannedPayment payment, String key) {
    readers.follow(payment);
    Answer answer = client.pay(payment, key);
    readers.answered(payment, answer);
    return answer;
  }

  /** Everything asked so far, once for each key. */
  List<Asked> asked() {
    List<Asked> all = new ArrayList<>(asked);
    all.add(new Asked(first, firstKey, told()));
    return all;
  }

  /** What the first payment was told. */
  Answer told() {
    return told == null ? Answer.unknown("given up") : told;
  }

  /** Whether the second payment has been paid or refused. */
  boolean isServed() {
    return servedAt != 0;
  }

  /** When it was, on {@link System#nanoTime}'s clock. */
  long servedAt() {
    return servedAt;
  }
}
