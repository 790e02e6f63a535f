package org.ticketing.experiments.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ticketing.experiments.crash.PayingCustomer.Asked;
import org.ticketing.experiments.crash.RandomFaultsResult.Strike;
import org.ticketing.experiments.crash.Verdict.Hearing;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Readers;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.History;

/** SIGKILL at random moments under a steady load: what no list of points thinks of. */
final class RandomFaults {

  /** Modest, so that much is in flight only because something is down. */
  private static final int PAYMENTS_A_SECOND = 5;

  private static final int CLIENTS = 16;
  private static final int READERS = 2;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration LONGEST_CALM = Duration.ofSeconds(10);
  private static final double SHARE_OF_PAIRS = 0.3;

  private final TestBed system;
  private final Random random;
  private final long seed;
  private final Consumer<String> progress;
  private final List<Strike> strikes = new ArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  RandomFaults(TestBed system, long seed, Consumer<String> progress) {
    this.system = system;
    this.seed = seed;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** What is sold meanwhile. */
  static Workload workload(Duration time) {
    int payments = Math.toIntExact(Math.max(10, time.toSeconds() * PAYMENTS_A_SECOND));
    return new Workload(payments, CLIENTS, new Mix(0.05, 0.1, 0.05, 0.3, 4));
  }

  /**
   * Payments are sent at a steady rate while the storm lasts. Never throws because of what becomes
   * of them.
   *
   * @param record where the history goes
   */
  RandomFaultsResult rage(Duration time, Path record) throws InterruptedException {
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    try {
      return result(rageThrough(time, clients, record));
    } catch (IOException | RuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return result(Findings.none(failure));
    } finally {
      clients.shutdownNow();
    }
  }

  private Findings rageThrough(Duration time, ScheduledExecutorService clients, Path record)
      throws IOException, InterruptedException {
    History history = system.history();
    Verdict verdict = system.verdict();
    List<PlannedPayment> payments = system.boxOffice().prepare(0);
    verdict.begin();
    try (PaymentClient client =
            new PaymentClient(system.victims().system().url("payment"), history);
        Readers readers = Readers.startUnhurried(history, READERS, BETWEEN_LOOKS)) {
      for (int i = 0; i < payments.size(); i++) {
        PlannedPayment payment = payments.get(i);
        clients.schedule(
            () -> pay(payment, client, readers),
            i * 1000L / PAYMENTS_A_SECOND,
            TimeUnit.MILLISECONDS);
      }
      strike(time);
      long mended = System.nanoTime();
      clients.shutdown();
      Long clean = verdict.awaitClean(mended, clients::isTerminated);
      clients.shutdownNow();
      clients.awaitTermination(CellRun.GIVING_UP.toSeconds(), TimeUnit.SECONDS);
      if (asked.size() != sent.get()) {
        throw new CrashException(
            "%d of %d clients failed".formatted(sent.get() - asked.size(), sent.get()));
      }
      Hearing hearing = verdict.hear(List.copyOf(asked), client);
      readers.close();
      system.boxOffice().listPayments();
      history.writeTo(record);
      Findings found =
          verdict.judge(
              clean, hearing, FracturedReads.in(history), FalseRefusals.in(history).count());
      return verdict.lookOnceMore().map(found::but).orElse(found);
    }
  }

  private void pay(PlannedPayment payment, PaymentClient client, Readers readers) {
    String key = UUID.randomUUID().toString();
    sent.incrementAndGet();
    readers.follow(payment);
    Answer answer = client.pay(payment, key);
    readers.answered(payment, answer);
    asked.add(new Asked(payment, key, answer));
  }

  private RandomFaultsResult result(Findings found) {
    return new RandomFaultsResult(
        system.victims().system().name(),
        seed,
        List.copyOf(strikes),
        sent.get(),
        Told.of(List.copyOf(asked).stream().map(Asked::answer).toList()),
        found);
  }

  private void strike(Duration time) throws InterruptedException {
    long began = System.nanoTime();
    while (System.nanoTime() - began < time.toNanos()) {
      Thread.sleep(random.nextLong(LONGEST_CALM.toMillis()));
      List<String> struck = choose();
      long at = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      progress.accept("  kill " + String.join("+", struck));
      system.victims().kill(struck);
      system.victims().restart(struck);
      strikes.add(
          new Strike(at, struck, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) - at));
    }
  }

  private List<String> choose() {
    List<String> names = new ArrayList<>(system.victims().names());
    Collections.shuffle(names, random);
    return names.subList(0, random.nextDouble() < SHARE_OF_PAIRS ? 2 : 1);
  }
}
