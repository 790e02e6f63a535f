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
 * A customer who makes two payments from one wallet. The first is under way when the fault is
 * injected. The second is sent after that, has nothing to do with the first, and shows how long the
 * wallet is blocked.
 */
final class PayingCustomer {

  private static final long PAUSE_MILLIS = 500;

  private final PaymentClient client;
  private final Readers readers;
  private final PlannedPayment first;
  private final PlannedPayment second;
  private final List<AskedPayment> asked = Collections.synchronizedList(new ArrayList<>());
  private final String firstKey = UUID.randomUUID().toString();
  private volatile Answer firstAnswer;
  private volatile long secondAnsweredAt;

  PayingCustomer(
      PaymentClient client, Readers readers, PlannedPayment first, PlannedPayment second) {
    this.client = client;
    this.readers = readers;
    this.first = first;
    this.second = second;
  }

  /** Sends the first payment, once. */
  void payFirst() {
    firstAnswer = pay(first, firstKey);
  }

  /**
   * Sends the second payment until it is completed or refused: with the same key while its outcome
   * is unknown, with a new key when it has failed. Gives up when interrupted.
   */
  void paySecond() {
    String key = UUID.randomUUID().toString();
    try {
      while (true) {
        Answer answer = pay(second, key);
        if (answer.isFinal()) {
          asked.add(new AskedPayment(second, key, answer));
          if (!answer.isFailed()) {
            secondAnsweredAt = System.nanoTime();
            return;
          }
          key = UUID.randomUUID().toString();
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException givenUp) {
      asked.add(new AskedPayment(second, key, Answer.unknown("given up")));
    }
  }

  private Answer pay(PlannedPayment payment, String key) {
    readers.follow(payment);
    Answer answer = client.pay(payment, key);
    readers.answered(payment, answer);
    return answer;
  }

  /** Whether the first payment has no answer yet. */
  boolean isFirstInFlight() {
    return firstAnswer == null;
  }

  /** The answer to the first payment; an unknown outcome if there was none. */
  Answer firstAnswer() {
    return firstAnswer == null ? Answer.unknown("given up") : firstAnswer;
  }

  /** Whether the second payment has been completed or refused. */
  boolean isSecondAnswered() {
    return secondAnsweredAt != 0;
  }

  /** When the second payment was completed or refused, on {@link System#nanoTime}'s clock. */
  long secondAnsweredAt() {
    return secondAnsweredAt;
  }

  /** All payments asked for so far, one for each key. */
  List<AskedPayment> asked() {
    List<AskedPayment> all = new ArrayList<>(asked);
    all.add(new AskedPayment(first, firstKey, firstAnswer()));
    return all;
  }
}
