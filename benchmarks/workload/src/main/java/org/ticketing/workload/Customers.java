package org.ticketing.workload;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.ticketing.workload.PlannedPayment.Expected;

/**
 * The customers of a box office, by what their wallets are for.
 *
 * @param ordinary have more points than they will ever use, as the shared wallets have
 * @param poor have one point less than a ticket costs
 * @param rivals one for each pair of payments that compete for the points of one
 */
record Customers(
    List<Customer> ordinary, List<Customer> shared, List<Customer> poor, List<Customer> rivals) {

  private static final long MORE_THAN_ENOUGH = 1_000_000_000;
  private static final int ORDINARY_PER_CLIENT = 2;
  private static final int POOR = 2;

  /**
   * @param registration registers a customer with so many points
   */
  static Customers register(Workload workload, long price, LongFunction<Customer> registration)
      throws InterruptedException {
    return new Customers(
        register(workload.clients() * ORDINARY_PER_CLIENT, MORE_THAN_ENOUGH, registration),
        register(workload.mix().sharedWallets(), MORE_THAN_ENOUGH, registration),
        register(POOR, price - 1, registration),
        register(workload.rivalPairs(), 0, registration));
  }

  private static List<Customer> register(
      int number, long points, LongFunction<Customer> registration) throws InterruptedException {
    return BoxOffice.inParallel(
        Collections.<Callable<Customer>>nCopies(number, () -> registration.apply(points)));
  }

  List<Customer> all() {
    return Stream.of(ordinary, shared, poor, rivals).flatMap(List::stream).toList();
  }

  /**
   * Who makes a payment.
   *
   * @param index of the payment in the workload
   */
  Customer of(int index, Expected expected, Workload workload, Random random) {
    int late = workload.latePayments();
    int pairs = workload.rivalPairs();
    return switch (expected) {
      case TOO_FEW_POINTS -> poor.get(index % poor.size());
      case LATE_RIVAL -> rivals.get(index - late);
      case RIVAL -> rivals.get(index - late - pairs);
      case LATE -> ordinaryOrShared(index, workload, random);
      case COMPLETED ->
          ordinaryOrShared(index - 2 * pairs - workload.poorPayments(), workload, random);
    };
  }

  /**
   * @param number among the payments that are neither rivals nor poor
   */
  private Customer ordinaryOrShared(int number, Workload workload, Random random) {
    return random.nextDouble() < workload.mix().sharedShare()
        ? shared.get(number % workload.mix().sharedWallets())
        : ordinary.get(number % ordinary.size());
  }
}
