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
import org.ticketing.experiments.crash.Findings.Anomalies;
import org.ticketing.experiments.crash.Findings.Answers;
import org.ticketing.experiments.crash.RandomFaultsResult.Kill;
import org.ticketing.verification.FalseRefusals;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Readers;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.History;

/**
 * Sends SIGKILL to random processes and servers at random moments under a steady load. This may hit
 * moments for which there is no crash point.
 */
final class RandomFaults {

  /** A modest rate, so that many payments are in flight only while something is down. */
  private static final int PAYMENTS_A_SECOND = 5;

  private static final int CLIENTS = 16;
  private static final int READERS = 2;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final double SHARE_OF_PAIRS = 0.3;

  private final TestBed bed;
  private final Random random;
  private final long seed;
  private final Consumer<String> progress;
  private final List<Kill> kills = new ArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final List<AskedPayment> asked = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param seed chooses the targets
   * @param progress is told of every kill, in a line
   */
  RandomFaults(TestBed bed, long seed, Consumer<String> progress) {
    this.bed = bed;
    this.seed = seed;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** The payments that are made during this time. */
  static Workload workload(Duration time) {
    int payments = Math.toIntExact(Math.max(10, time.toSeconds() * PAYMENTS_A_SECOND));
    return new Workload(payments, CLIENTS, new Mix(0.05, 0.1, 0.05, 0.3, 4));
  }

  /**
   * Sends payments and injects faults for this time, once. A system that could not be judged has a
   * result, too.
   *
   * @param file where the history is written
   */
  RandomFaultsResult inject(Duration time, Path file) throws InterruptedException {
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    try {
      return result(inject(time, clients, file));
    } catch (IOException | RuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return result(Findings.none(failure));
    } finally {
      clients.shutdownNow();
    }
  }

  private Findings inject(Duration time, ScheduledExecutorService clients, Path file)
      throws IOException, InterruptedException {
    History history = bed.history();
    Verdict verdict = bed.verdict();
    List<PlannedPayment> payments = bed.boxOffice().prepare(0);
    verdict.begin();
    try (PaymentClient client = new PaymentClient(bed.target().system().url("payment"), history);
        Readers readers = Readers.startUnhurried(history, READERS, BETWEEN_LOOKS)) {
      for (int i = 0; i < payments.size(); i++) {
        PlannedPayment payment = payments.get(i);
        clients.schedule(
            () -> pay(payment, client, readers),
            i * 1000L / PAYMENTS_A_SECOND,
            TimeUnit.MILLISECONDS);
      }
      kill(time);
      long repaired = System.nanoTime();
      clients.shutdown();
      Long cleanAfter = verdict.awaitClean(repaired, clients::isTerminated);
      endClients(clients);
      Answers answers = verdict.checkAnswers(List.copyOf(asked), client);
      readers.close();
      bed.boxOffice().listPayments();
      history.writeTo(file);
      Findings found =
          verdict.findings(
              cleanAfter,
              answers,
              new Anomalies(FracturedReads.in(history), FalseRefusals.in(history).count()));
      return verdict.checkAfterLongestTimer().map(found::withBroken).orElse(found);
    }
  }

  private void pay(PlannedPayment payment, PaymentClient client, Readers readers) {
    String key = UUID.randomUUID().toString();
    sent.incrementAndGet();
    readers.follow(payment);
    Answer answer = client.pay(payment, key);
    readers.answered(payment, answer);
    asked.add(new AskedPayment(payment, key, answer));
  }

  private void endClients(ScheduledExecutorService clients) throws InterruptedException {
    clients.shutdownNow();
    clients.awaitTermination(CellRun.CLIENT_END.toSeconds(), TimeUnit.SECONDS);
    if (asked.size() != sent.get()) {
      throw new CrashException(
          "%d of %d clients failed".formatted(sent.get() - asked.size(), sent.get()));
    }
  }

  private void kill(Duration time) throws InterruptedException {
    long began = System.nanoTime();
    while (System.nanoTime() - began < time.toNanos()) {
      Thread.sleep(random.nextLong(LONGEST_PAUSE.toMillis()));
      List<String> targets = targets();
      long at = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      progress.accept("  kill " + String.join("+", targets));
      bed.target().kill(targets);
      bed.target().restart(targets);
      kills.add(
          new Kill(at, targets, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) - at));
    }
  }

  private List<String> targets() {
    List<String> names =
        new ArrayList<>(TargetSystem.killable(bed.target().system().description()));
    Collections.shuffle(names, random);
    return names.subList(0, random.nextDouble() < SHARE_OF_PAIRS ? 2 : 1);
  }

  private RandomFaultsResult result(Findings found) {
    return new RandomFaultsResult(
        bed.target().system().name(),
        seed,
        List.copyOf(kills),
        sent.get(),
        Told.of(List.copyOf(asked).stream().map(AskedPayment::answer).toList()),
        found);
  }
}
