package org.ticketing.benchmarks.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ticketing.benchmarks.crash.Customer.Asked;
import org.ticketing.benchmarks.crash.Verdict.Hearing;
import org.ticketing.benchmarks.history.History;
import org.ticketing.benchmarks.load.BoxOffice;
import org.ticketing.benchmarks.load.PaymentClient;
import org.ticketing.benchmarks.load.PlannedPayment;
import org.ticketing.benchmarks.load.Readers;

/** Plays one cell of the matrix: payments, the crash, the restart, the verdict. */
final class Trial {

  /** For a payment to come to the point. */
  private static final Duration REACHED = Duration.ofSeconds(20);

  private static final int READERS = 2;

  private final Victims victims;
  private final Cell cell;
  private final Path helper;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> atWork = new CopyOnWriteArrayList<>();

  /**
   * @param helper of the rules, from {@link Injection#helper}
   */
  Trial(Victims victims, Cell cell, Path helper) {
    this.victims = victims;
    this.cell = cell;
    this.helper = helper;
  }

  /**
   * @param boxOffice prepares two payments for each buyer
   * @param history of the system, to which the cell adds its part
   * @param round another for each cell of a system
   * @param record where this part goes
   */
  CellResult play(BoxOffice boxOffice, History history, int round, int repetition, Path record)
      throws IOException, InterruptedException {
    List<PlannedPayment> payments = boxOffice.prepare(round);
    Verdict verdict = Verdict.on(victims.system());
    long began = history.now();
    try (PaymentClient client = new PaymentClient(victims.system().url("payment"), history);
        Readers readers = Readers.start(history, READERS);
        Injection injection =
            Injection.install(cell.point(), victims.process(cell.place()), helper)) {
      List<Customer> customers = customers(client, readers, payments);
      customers.forEach(customer -> atWork.add(threads.submit(customer::pay)));
      Optional<String> missed = miss(injection);
      List<Customer> inFlight = customers.stream().filter(Customer::isUnanswered).toList();
      long struck = System.nanoTime();
      if (missed.isEmpty()) {
        victims.strike(cell.act(), () -> goOn(injection, customers));
      }
      long mended = System.nanoTime();
      Long clean = verdict.awaitClean(mended, () -> atWork.stream().allMatch(Future::isDone));
      endClients();
      List<Asked> asked = customers.stream().flatMap(one -> one.asked().stream()).toList();
      Hearing hearing = verdict.hear(asked, client);
      readers.close();
      boxOffice.listPayments();
      History part = history.during(began, history.now());
      part.writeTo(record);
      Findings found = verdict.judge(clean, hearing, part);
      return new CellResult(
          victims.system().variant().id(),
          cell.point().name(),
          cell.place(),
          cell.act().toString(),
          repetition,
          missed.isEmpty(),
          inFlight.size(),
          Told.of(inFlight.stream().map(Customer::told).toList()),
          TimeUnit.NANOSECONDS.toMillis(mended - struck),
          blocked(inFlight, struck),
          missed.map(found::but).orElse(found));
    } finally {
      threads.shutdownNow();
    }
  }

  /** Why the point was not reached, if it was not. */
  private static Optional<String> miss(Injection injection) throws IOException {
    if (injection.awaitReached(REACHED)) {
      return Optional.empty();
    }
    return Optional.of(
        "the point was not reached: "
            + injection
                .complaint()
                .orElse("no payment came there in " + REACHED.toSeconds() + " s"));
  }

  private void goOn(Injection injection, List<Customer> customers) {
    try {
      injection.release();
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    }
    customers.forEach(customer -> atWork.add(threads.submit(customer::follow)));
  }

  /** The late payments come first: they are to be under way when the crash comes. */
  private static List<Customer> customers(
      PaymentClient client, Readers readers, List<PlannedPayment> payments) {
    Map<UUID, List<PlannedPayment>> ofBuyer = new LinkedHashMap<>();
    payments.stream()
        .sorted(Comparator.comparing(PlannedPayment::expected).reversed())
        .forEach(
            payment ->
                ofBuyer
                    .computeIfAbsent(payment.buyer().id(), first -> new ArrayList<>())
                    .add(payment));
    return ofBuyer.values().stream()
        .map(two -> new Customer(client, readers, two.get(0), two.get(1)))
        .toList();
  }

  private void endClients() throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(Verdict.PROMISED.toSeconds(), TimeUnit.SECONDS);
  }

  /** The longest of them, in milliseconds; null if one has never been answered. */
  private static Long blocked(List<Customer> inFlight, long struck) {
    long longest = 0;
    for (Customer customer : inFlight) {
      if (!customer.isServed()) {
        return null;
      }
      longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(customer.servedAt() - struck));
    }
    return longest;
  }
}
