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
import org.ticketing.experiments.crash.CellResult.Impact;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.crash.Findings.Anomalies;
import org.ticketing.experiments.crash.Findings.Answers;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Readers;
import org.ticketing.workload.history.History;

/** Plays one cell of the matrix: payments, the fault, the repair, the verdict. */
final class CellRun {

  /** The time in which an interrupted client must end. */
  static final Duration CLIENT_END = Duration.ofSeconds(60);

  /** The time for a payment to come to the point after the last client has its answer. */
  private static final Duration REACHED = Duration.ofSeconds(20);

  private static final int READERS = 2;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final TestBed bed;
  private final Cell cell;
  private final Played played;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> clients = new CopyOnWriteArrayList<>();
  private boolean reached;

  /** A fault that was injected and repaired; times are on {@link System#nanoTime}'s clock. */
  private record InjectedFault(List<PayingCustomer> inFlight, long injected, long repaired) {

    Impact impact() {
      return new Impact(
          inFlight.size(),
          Told.of(inFlight.stream().map(PayingCustomer::firstAnswer).toList()),
          TimeUnit.NANOSECONDS.toMillis(repaired - injected),
          blocked());
    }

    private Long blocked() {
      if (inFlight.isEmpty() || !inFlight.stream().allMatch(PayingCustomer::isSecondAnswered)) {
        return null;
      }
      return inFlight.stream()
          .mapToLong(one -> TimeUnit.NANOSECONDS.toMillis(one.secondAnsweredAt() - injected))
          .max()
          .orElseThrow();
    }
  }

  CellRun(TestBed bed, Cell cell, int repetition) {
    this.bed = bed;
    this.cell = cell;
    this.played = Played.of(cell, repetition);
  }

  /**
   * Plays the cell, once. A cell that could not be played to its end has a result, too.
   *
   * @param round a number that no other cell of the system has had
   * @param helper the jar from {@link InstalledRules#helper}
   * @param file where the history of the cell is written
   */
  CellResult play(int round, Path helper, Path file) throws InterruptedException {
    try {
      return playThrough(bed.boxOffice().prepare(round), helper, file);
    } catch (IOException | RuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return CellResult.failed(played, reached, failure);
    } finally {
      threads.shutdownNow();
    }
  }

  private CellResult playThrough(List<PlannedPayment> payments, Path helper, Path file)
      throws IOException, InterruptedException {
    History history = bed.history();
    Verdict verdict = bed.verdict();
    verdict.begin();
    long began = history.now();
    try (PaymentClient client =
            new PaymentClient(bed.target().paymentUrl(), history, cell.point().way());
        Readers readers = Readers.startUnhurried(history, READERS, BETWEEN_LOOKS);
        InstalledRules rules =
            InstalledRules.install(cell.point(), bed.target().process(cell.place()), helper)) {
      List<PayingCustomer> customers = customers(client, readers, payments);
      customers.forEach(customer -> startClient(customer::payFirst));
      awaitReached(rules);
      InjectedFault fault = inject(rules, customers);
      Long cleanAfter = verdict.awaitClean(fault.repaired(), this::areClientsDone);
      endClients();
      Answers answers =
          verdict.checkAnswers(
              customers.stream().flatMap(one -> one.asked().stream()).toList(), client);
      readers.close();
      bed.boxOffice().listPayments();
      long ended = history.now();
      History part = history.during(began, ended);
      part.writeTo(file);
      Findings found =
          verdict.findings(
              cleanAfter,
              answers,
              new Anomalies(
                  FracturedReads.in(part), FalseRefusals.in(history).countDuring(began, ended)));
      return new CellResult(
          played, reached, fault.impact(), rules.complaint().map(found::withBroken).orElse(found));
    }
  }

  /**
   * The customers, each with two of the payments. The late payments come first, so that they are
   * under way when the fault is injected.
   */
  private static List<PayingCustomer> customers(
      PaymentClient client, Readers readers, List<PlannedPayment> payments) {
    Map<UUID, List<PlannedPayment>> byCustomer = new LinkedHashMap<>();
    payments.stream()
        .sorted(Comparator.comparing(PlannedPayment::expected).reversed())
        .forEach(
            payment ->
                byCustomer
                    .computeIfAbsent(payment.customer().id(), first -> new ArrayList<>())
                    .add(payment));
    return byCustomer.values().stream()
        .map(two -> new PayingCustomer(client, readers, two.get(0), two.get(1)))
        .toList();
  }

  private void awaitReached(InstalledRules rules) throws IOException {
    long busy = System.nanoTime();
    while (!reached) {
      if (!areClientsDone()) {
        busy = System.nanoTime();
      } else if (System.nanoTime() - busy > REACHED.toNanos()) {
        throw new CrashException(
            "the point was not reached: "
                + rules.complaint().orElse("all were answered, and no payment came there"));
      }
      reached = rules.awaitReached(BETWEEN_LOOKS);
    }
  }

  private InjectedFault inject(InstalledRules rules, List<PayingCustomer> customers)
      throws IOException, InterruptedException {
    FaultInjector injector = new FaultInjector(bed.target(), cell.fault());
    List<PayingCustomer> inFlight =
        customers.stream().filter(PayingCustomer::isFirstInFlight).toList();
    long injected = System.nanoTime();
    injector.inject();
    customers.forEach(customer -> startClient(customer::paySecond));
    Thread.sleep(cell.fault().hang().toMillis());
    rules.release();
    injector.repair();
    return new InjectedFault(inFlight, injected, System.nanoTime());
  }

  private void startClient(Runnable work) {
    clients.add(threads.submit(work));
  }

  private boolean areClientsDone() {
    return clients.stream().allMatch(Future::isDone);
  }

  /**
   * Interrupts the clients that still wait, so that they give up.
   *
   * @throws CrashException if a client failed, because its answers are then missing
   */
  private void endClients() throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(CLIENT_END.toSeconds(), TimeUnit.SECONDS);
    for (Future<?> client : clients) {
      try {
        client.get(0, TimeUnit.SECONDS);
      } catch (ExecutionException failure) {
        throw new CrashException("a client failed: " + failure.getCause());
      } catch (TimeoutException stillWaiting) {
        throw new CrashException("a client could not be ended");
      }
    }
  }
}
