package org.ticketing.workload;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.workload.history.History;

/**
 * The payments of a round, and what is to happen beside them: other customers withdraw at the same
 * moment as they charge their wallets or reserve a seat, and then the schedule of the payments is
 * cancelled. No payment has an answer that it should get.
 */
public final class Upheaval {

  private final List<PlannedPayment> payments;
  private final Runnable cancellation;
  private final List<Customer> leaving;
  private final List<UUID> seats;
  private final History history;

  /**
   * @param leaving customers without points
   * @param seats as many, of any schedule on sale
   */
  Upheaval(
      List<PlannedPayment> payments,
      Runnable cancellation,
      List<Customer> leaving,
      List<UUID> seats,
      History history) {
    this.payments = payments;
    this.cancellation = cancellation;
    this.leaving = leaving;
    this.seats = seats;
    this.history = history;
  }

  public List<PlannedPayment> payments() {
    return payments;
  }

  /** Has all of it happen. To be called while the payments are sent. */
  public void happen() throws InterruptedException {
    for (int i = 0; i < leaving.size(); i++) {
      Customer customer = leaving.get(i);
      UUID seat = seats.get(i);
      boolean charges = i % 2 == 0;
      atOnce(
          () -> customer.apis().users().withdraw(customer.id()),
          () -> {
            if (charges) {
              customer.charge("beside a withdrawal", 1, history);
            } else {
              customer.reserve(seat);
            }
          });
    }
    cancellation.run();
  }

  private static void atOnce(Runnable one, Runnable other) throws InterruptedException {
    List<Callable<Boolean>> both = List.of(() -> isAccepted(one), () -> isAccepted(other));
    try {
      AtOnce.run(both);
    } catch (ExecutionException failure) {
      throw new LoadException("A request failed: " + failure.getCause().getMessage());
    }
  }

  /** A request that is refused, or not answered in time, is all right here. */
  private static boolean isAccepted(Runnable request) {
    try {
      request.run();
      return true;
    } catch (RestClientResponseException refused) {
      return false;
    }
  }
}
