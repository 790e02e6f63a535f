package org.ticketing.workload;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.ticketing.workload.history.Outcome;

/**
 * Customers without points who try to pay, give up their seat, withdraw, and go on trying until
 * their user or their reservation is refused. A system that remembers what it has looked up takes
 * them for active until then.
 */
public final class Departing {

  /** Refusals by what is looked up before a payment. */
  private static final Set<String> LOOKED_UP = Set.of("user-withdrawn", "reservation-not-held");

  private static final String TOO_FEW = "insufficient-points";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  private final List<PlannedPayment> attempts;

  /**
   * @param attempts one of each customer
   */
  Departing(List<PlannedPayment> attempts) {
    this.attempts = attempts;
  }

  /**
   * Has all of it happen, which takes as long as they are taken for active, 30 seconds at most.
   *
   * @throws LoadException a first attempt was not refused for lack of points
   */
  public Departures happen(PaymentClient client) throws InterruptedException {
    return BoxOffice.inParallel(
            attempts.stream().<Callable<Departures>>map(one -> () -> depart(one, client)).toList())
        .stream()
        .reduce(Departures.NONE, Departures::plus);
  }

  private static Departures depart(PlannedPayment attempt, PaymentClient client)
      throws InterruptedException {
    Answer first = pay(attempt, client);
    if (!TOO_FEW.equals(first.reason())) {
      throw new LoadException("A payment without points was answered: " + first);
    }
    Customer customer = attempt.customer();
    customer.apis().reservations().cancel(attempt.reservationId());
    customer.apis().users().withdraw(customer.id());
    long answered = System.nanoTime();
    int paid = 0;
    long lastStale = 0;
    long sent = System.nanoTime();
    Answer answer = pay(attempt, client);
    while (!isLookedUp(answer) && sent - answered < PATIENCE.toNanos()) {
      if (answer.isCompleted()) {
        paid++;
      }
      if (answer.isFinal()) {
        lastStale = sent - answered;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      sent = System.nanoTime();
      answer = pay(attempt, client);
    }
    return new Departures(1, paid, TimeUnit.NANOSECONDS.toMillis(lastStale));
  }

  private static boolean isLookedUp(Answer answer) {
    return answer.outcome() == Outcome.REFUSED && LOOKED_UP.contains(answer.reason());
  }

  private static Answer pay(PlannedPayment attempt, PaymentClient client) {
    return client.pay(attempt, UUID.randomUUID().toString());
  }
}
