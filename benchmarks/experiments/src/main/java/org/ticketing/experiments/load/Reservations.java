package org.ticketing.experiments.load;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.web.client.RestClientException;
import org.ticketing.experiments.load.LoadSettings.Sold;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.workload.LoadException;
import org.ticketing.workload.Pace;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Workload;

/**
 * Reserves a seat for each payment of a load, in the order in which they are due, some thousand at
 * a time. What is due within half the time that the system holds seats is reserved before the load
 * begins: as a rule everything, in a system that is started for the load. The rest is reserved by a
 * thread of its own while the load runs, always that far ahead and at most twice as fast as seats
 * are paid. The load does not wait for it: a payment whose seat is not reserved when it is due is
 * not sent.
 */
final class Reservations implements Closeable {

  private static final int FEWEST = 10;
  private static final int MOST = 2000;

  /** Parts of the hold in which the payments of a slice are due. */
  private static final int SLICES_IN_A_HOLD = 8;

  private static final int TIMES_AS_FAST = 2;

  private final Seats seats;
  private final Duration hold;
  private final ProgressListener progress;
  private final TreeMap<Integer, Slice> slices = new TreeMap<>();
  private final Thread meanwhile = new Thread(this::reserveTheRest, "reserving seats");
  private int before;

  /** The last payment that was asked for; -1 before the first. */
  private int asked = -1;

  /** Reserves seats for the payments of a workload. */
  interface Seats {

    /**
     * @param name used once
     */
    List<PlannedPayment> reserve(String name, Workload workload, Pace pace)
        throws InterruptedException;
  }

  /** Payments that are due one after the other. */
  private static final class Slice {

    private final String name;
    private final Workload workload;
    private final int from;
    private final Duration time;
    private volatile List<PlannedPayment> payments = List.of();

    /**
     * @param from the number of the first payment
     * @param time in which they are due
     */
    Slice(String name, Workload workload, int from, Duration time) {
      this.name = name;
      this.workload = workload;
      this.from = from;
      this.time = time;
    }

    int to() {
      return from + workload.payments();
    }

    void reserve(Seats seats, Pace pace) throws InterruptedException {
      payments = seats.reserve(name, workload, pace);
    }

    double perSecond() {
      return workload.payments() * 1e3 / Math.max(1, time.toMillis());
    }

    Optional<PlannedPayment> payment(int number) {
      int index = number - from;
      return index < payments.size() ? Optional.of(payments.get(index)) : Optional.empty();
    }
  }

  /**
   * @param due from the begin of the load to when each payment is due, in nanoseconds, ascending
   * @param hold how long the system holds seats
   * @throws LoadException so few payments are due that a slice of them takes longer than seats are
   *     held
   */
  Reservations(Seats seats, Sold sold, long[] due, Duration hold, ProgressListener progress) {
    this.seats = seats;
    this.hold = hold;
    this.progress = progress;
    int number = Math.max(1, due.length / size(due, hold));
    int late = 0;
    int from = 0;
    for (int index = 0; index < number; index++) {
      int to = from + (due.length - from) / (number - index);
      int lateSoFar = sold.late(to, due.length);
      Duration time = Duration.ofNanos(due[to - 1] - due[from]);
      if (time.compareTo(hold.dividedBy(4)) > 0) {
        throw new LoadException(
            "Seats are held for %d s there, which is too short for so low a rate."
                .formatted(hold.toSeconds()));
      }
      slices.put(
          from,
          new Slice(
              "load, part " + (index + 1), sold.workload(to - from, lateSoFar - late), from, time));
      if (due[from] <= ahead().toNanos()) {
        before = to;
      }
      late = lateSoFar;
      from = to;
    }
  }

  private static int size(long[] due, Duration hold) {
    double perNano = due.length / (double) Math.max(1, due[due.length - 1]);
    long inATime = (long) (perNano * hold.toNanos() / SLICES_IN_A_HOLD);
    return (int) Math.max(FEWEST, Math.min(MOST, inATime));
  }

  private Duration ahead() {
    return hold.dividedBy(2);
  }

  Reserved plan() {
    return new Reserved(before, all() - before, ahead());
  }

  private int all() {
    return slices.lastEntry().getValue().to();
  }

  /**
   * Reserves what has to be reserved before the load begins, and begins to reserve the rest. To be
   * called once.
   *
   * @throws LoadException that takes so long that the first holds would run out
   */
  void begin() throws InterruptedException {
    long began = System.nanoTime();
    for (Slice slice : slices.headMap(before).values()) {
      progress.step(slice.from, before, "reserving %d seats".formatted(before));
      slice.reserve(seats, Pace.unbounded());
      if (System.nanoTime() - began > ahead().toNanos()) {
        throw new LoadException(
            "Seats are held for %d s there, which is too short to reserve them: it took %d s for %d."
                .formatted(
                    hold.toSeconds(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                    slice.to()));
      }
    }
    progress.step(before, before, "%d seats are reserved".formatted(before));
    if (before < all()) {
      progress.accept(
          "%d more will be reserved while the load runs, %d s ahead"
              .formatted(all() - before, ahead().toSeconds()));
      meanwhile.start();
    }
  }

  /** The payment of this number, if its seat is reserved. Returns at once. */
  Optional<PlannedPayment> payment(int number) {
    ask(number);
    return slices.floorEntry(number).getValue().payment(number);
  }

  private synchronized void ask(int number) {
    asked = Math.max(asked, number);
    notifyAll();
  }

  private synchronized void awaitAsked(int number) throws InterruptedException {
    while (asked < number) {
      wait();
    }
  }

  /** What fails here is not sent, and shown as such. */
  private void reserveTheRest() {
    try {
      for (Slice slice : new ArrayList<>(slices.tailMap(before).values())) {
        awaitAsked(slice.from - before);
        try {
          slice.reserve(seats, Pace.perSecond(TIMES_AS_FAST * slice.perSecond()));
        } catch (LoadException | RestClientException failure) {
          progress.accept(
              "%d seats could not be reserved: %s"
                  .formatted(slice.workload.payments(), failure.getMessage()));
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reserves no more. */
  @Override
  public void close() {
    meanwhile.interrupt();
    try {
      meanwhile.join();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
