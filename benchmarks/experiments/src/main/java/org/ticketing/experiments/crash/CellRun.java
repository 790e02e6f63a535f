package org.ticketing.experiments.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ticketing.experiments.crash.PayingCustomer.Asked;
import org.ticketing.experiments.crash.Verdict.Hearing;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Readers;
import org.ticketing.workload.history.History;

/** Plays one cell of the matrix: payments, the crash, the restart, the verdict. */
final class CellRun {

  /** For clients that are told to. */
  static final Duration GIVING_UP = Duration.ofSeconds(60);

  /** For a payment to come to the point, after the last client has its answer. */
  private static final Duration REACHED = Duration.ofSeconds(20);

  private static final int READERS = 2;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final TestBed system;
  private final Cell cell;
  private final int repetition;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> atWork = new CopyOnWriteArrayList<>();
  private boolean fired;

  CellRun(TestBed system, Cell cell, int repetition) {
    this.system = system;
    this.cell = cell;
    this.repetition = repetition;
  }

  /**
   * Never throws because of what becomes of the cell: that it could not be played is a result.
   *
   * @param round another for each cell of a system
   * @param helper of the rules, from {@link Injection#helper}
   * @param record where the history goes
   */
  CellResult play(int round, Path helper, Path record) throws InterruptedException {
    try {
      return playThrough(system.boxOffice().prepare(round), helper, record);
    } catch (IOException | RuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return CellResult.failed(cell, repetition, fired, failure);
    } finally {
      threads.shutdownNow();
    }
  }

  private CellResult playThrough(List<PlannedPayment> payments, Path helper, Path record)
      throws IOException, InterruptedException {
    History history = system.history();
    TargetSystem victims = system.victims();
    Verdict verdict = system.verdict();
    verdict.begin();
    long began = history.now();
    try (PaymentClient client = new PaymentClient(victims.system().url("payment"), history);
        Readers readers = Readers.startUnhurried(history, READERS, BETWEEN_LOOKS);
        Injection injection =
            Injection.install(cell.point(), victims.process(cell.place()), helper)) {
      List<PayingCustomer> customers = customers(client, readers, payments);
      customers.forEach(customer -> atWork.add(threads.submit(customer::pay)));
      awaitReached(injection);
      List<PayingCustomer> inFlight =
          customers.stream().filter(PayingCustomer::isUnanswered).toList();
      long struck = System.nanoTime();
      victims.begin(cell.act());
      customers.forEach(customer -> atWork.add(threads.submit(customer::follow)));
      Thread.sleep(cell.act().hold().toMillis());
      injection.release();
      victims.end(cell.act());
      long mended = System.nanoTime();
      Long clean = verdict.awaitClean(mended, () -> atWork.stream().allMatch(Future::isDone));
      endClients();
      List<Asked> asked = customers.stream().flatMap(one -> one.asked().stream()).toList();
      Hearing hearing = verdict.hear(asked, client);
      readers.close();
      system.boxOffice().listPayments();
      long ended = history.now();
      History part = history.during(began, ended);
      part.writeTo(record);
      Findings found =
          verdict.judge(
              clean,
              hearing,
              FracturedReads.in(part),
              FalseRefusals.in(history).countDuring(began, ended));
      return new CellResult(
          cell.system().name(),
          cell.point().name(),
          cell.place(),
          cell.act().toString(),
          repetition,
          fired,
          inFlight.size(),
          Told.of(inFlight.stream().map(PayingCustomer::told).toList()),
          TimeUnit.NANOSECONDS.toMillis(mended - struck),
          blocked(inFlight, struck),
          injection.complaint().map(found::but).orElse(found));
    }
  }

  private void awaitReached(Injection injection) throws IOException {
    long busy = System.nanoTime();
    while (!fired) {
      if (!atWork.stream().allMatch(Future::isDone)) {
        busy = System.nanoTime();
      } else if (System.nanoTime() - busy > REACHED.toNanos()) {
        throw new CrashException(
            "the point was not reached: "
                + injection.complaint().orElse("all were answered, and no payment came there"));
      }
      fired = injection.awaitReached(BETWEEN_LOOKS);
    }
  }

  /** The late payments come first: they are to be under way when the crash comes. */
  private static List<PayingCustomer> customers(
      PaymentClient client, Readers readers, List<PlannedPayment> payments) {
    Map<UUID, List<PlannedPayment>> ofCustomer = new LinkedHashMap<>();
    payments.stream()
        .sorted(Comparator.comparing(PlannedPayment::expected).reversed())
        .forEach(
            payment ->
                ofCustomer
                    .computeIfAbsent(payment.customer().id(), first -> new ArrayList<>())
                    .add(payment));
    return ofCustomer.values().stream()
        .map(two -> new PayingCustomer(client, readers, two.get(0), two.get(1)))
        .toList();
  }

  /**
   * Whoever still waits is interrupted, and gives up.
   *
   * @throws CrashException a client has failed, and with it what it would have told
   */
  private void endClients() throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(GIVING_UP.toSeconds(), TimeUnit.SECONDS);
    for (Future<?> client : atWork) {
      try {
        client.get(0, TimeUnit.SECONDS);
      } catch (ExecutionException failure) {
        throw new CrashException("a client failed: " + failure.getCause());
      } catch (TimeoutException stillWaiting) {
        throw new CrashException("a client could not be ended");
      }
    }
  }

  /** The longest of them, in milliseconds; null if one was never answered, or nobody was asked. */
  private static Long blocked(List<PayingCustomer> inFlight, long struck) {
    if (inFlight.isEmpty() || !inFlight.stream().allMatch(PayingCustomer::isServed)) {
      return null;
    }
    return inFlight.stream()
        .mapToLong(payer -> TimeUnit.NANOSECONDS.toMillis(payer.servedAt() - struck))
        .max()
        .orElseThrow();
  }
}
