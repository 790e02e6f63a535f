package org.ticketing.experiments.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.LoadException;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Workload;

/**
 * Reserves a seat for each payment of a load before it begins, some thousand at a time. What is
 * reserved first is paid first, so that holds need not be as long as reserving and paying together.
 */
final class Reservations {

  private static final int SLICE = 2000;

  /** What may pass beyond the plan between a reservation and its payment. */
  private static final Duration RESERVE = Duration.ofSeconds(5);

  private final BoxOffice boxOffice;
  private final Workload workload;
  private final ProgressListener progress;
  private final List<Slice> slices = new ArrayList<>();

  /** Payments and the time from which on some of them might be refused. */
  private record Slice(List<PlannedPayment> payments, Instant heldUntil) {}

  Reservations(BoxOffice boxOffice, Workload workload, ProgressListener progress) {
    this.boxOffice = boxOffice;
    this.workload = workload;
    this.progress = progress;
  }

  /**
   * Reserves the seats, once.
   *
   * @param due from the begin of the load to when each payment is due, in nanoseconds, ascending
   * @return the payments in the order in which they are to be sent
   * @throws LoadException seats are not held as long as that takes
   */
  List<PlannedPayment> reserve(long[] due) throws InterruptedException {
    int all = workload.payments();
    int number = (all + SLICE - 1) / SLICE;
    int done = 0;
    for (int index = 0; index < number; index++) {
      progress.step(done, all, "reserving %d seats".formatted(all));
      int size = (all - done) / (number - index);
      List<PlannedPayment> payments =
          boxOffice.prepare("load, part " + (index + 1), workload.withPayments(size));
      done += size;
      slices.add(new Slice(payments, heldUntil(payments)));
      requireHeldUntilDue(due);
    }
    progress.step(all, all, "%d seats are reserved".formatted(all));
    return slices.stream().map(Slice::payments).flatMap(List::stream).toList();
  }

  /** All of a slice are held for the same time, but for the late ones. */
  private static Instant heldUntil(List<PlannedPayment> payments) {
    PlannedPayment lasting =
        payments.stream().filter(payment -> !payment.expected().isLate()).findFirst().orElseThrow();
    return lasting
        .customer()
        .apis()
        .reservations()
        .find(lasting.reservationId())
        .heldUntil()
        .minus(RESERVE);
  }

  /** Checks what is reserved so far, as if the load began now. */
  private void requireHeldUntilDue(long[] due) {
    Instant now = Instant.now();
    int last = -1;
    for (Slice slice : slices) {
      last += slice.payments().size();
      if (slice.heldUntil().isBefore(now.plusNanos(due[last]))) {
        throw new LoadException(
            "The load would outlast its reservations: seats are not held long enough there. Choose"
                + " a shorter duration or a lower rate, or a longer ticketing.reservation.hold.");
      }
    }
  }
}
