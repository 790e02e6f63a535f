package org.ticketing.experiments.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PaymentClient;

/** Asks for payments again with their keys, which must tell what became of them. */
final class SecondAsking {

  /** A connection that a fault has cut fails only when it is used for the next time. */
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 500;

  /** The time for all payments: this, and {@link #PATIENCE_FOR_EACH} for each. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PATIENCE_FOR_EACH = Duration.ofMillis(200);

  private final PaymentClient client;
  private final long deadline;

  private SecondAsking(PaymentClient client, int payments) {
    this.client = client;
    this.deadline =
        System.nanoTime() + PATIENCE.plus(PATIENCE_FOR_EACH.multipliedBy(payments)).toNanos();
  }

  /** The same payments, with the answers that they get now. */
  static List<AskedPayment> of(List<AskedPayment> asked, PaymentClient client)
      throws InterruptedException {
    SecondAsking second = new SecondAsking(client, asked.size());
    List<AskedPayment> again = new ArrayList<>();
    for (AskedPayment one : asked) {
      again.add(new AskedPayment(one.payment(), one.key(), second.answer(one)));
    }
    return again;
  }

  private Answer answer(AskedPayment asked) throws InterruptedException {
    Answer answer = Answer.unknown("nothing in time");
    for (int tries = 0; tries < TRIES && System.nanoTime() < deadline; tries++) {
      if (tries > 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
      answer = client.pay(asked.payment(), asked.key());
      if (answer.isFinal()) {
        return answer;
      }
    }
    return answer;
  }
}
