package org.ticketing.benchmarks.crash;

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
import org.ticketing.benchmarks.crash.Customer.Asked;
import org.ticketing.benchmarks.crash.StormResult.Strike;
import org.ticketing.benchmarks.crash.Verdict.Hearing;
import org.ticketing.benchmarks.history.History;
import org.ticketing.benchmarks.load.Answer;
import org.ticketing.benchmarks.load.BoxOffice;
import org.ticketing.benchmarks.load.PaymentClient;
import org.ticketing.benchmarks.load.PlannedPayment;
import org.ticketing.benchmarks.load.Readers;
import org.ticketing.benchmarks.load.Workload;

/** SIGKILL at random moments under a steady load: what no list of points thinks of. */
final class Storm {

  /** Modest, so that much is in flight only because something is down. */
  private static final int PAYMENTS_A_SECOND = 5;

  private static final int CLIENTS = 16;
  private static final int READERS = 2;
  private static final Duration LONGEST_CALM = Duration.ofSeconds(10);
  private static final double SHARE_OF_PAIRS = 0.3;

  private final Victims victims;
  private final Random random;
  private final long seed;
  private final Consumer<String> progress;

  Storm(Victims victims, long seed, Consumer<String> progress) {
    this.victims = victims;
    this.seed = seed;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** What is sold meanwhile. */
  static Workload workload(Duration time) {
    int payments = Math.toIntExact(Math.max(10, time.toSeconds() * PAYMENTS_A_SECOND));
    return new Workload(payments, CLIENTS, 0.05, 0.1, 0.05, 0.3, 4);
  }

  /**
   * @param boxOffice prepares what is sent at a steady rate while the storm lasts
   * @param record where the history goes
   */
  StormResult rage(Duration time, BoxOffice boxOffice, History history, Path record)
      throws IOException, InterruptedException {
    List<PlannedPayment> payments = boxOffice.prepare(0);
    Verdict verdict = Verdict.on(victims.system());
    List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger sent = new AtomicInteger();
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    try (PaymentClient client = new PaymentClient(victims.system().url("payment"), history);
        Readers readers = Readers.start(history, READERS)) {
      for (int i = 0; i < payments.size(); i++) {
        PlannedPayment payment = payments.get(i);
        clients.schedule(
            () -> {
              String key = UUID.randomUUID().toString();
              sent.incrementAndGet();
              readers.follow(payment);
              Answer answer = client.pay(payment, key);
              readers.answered(payment, answer);
              asked.add(new Asked(payment, key, answer));
            },
            i * 1000L / PAYMENTS_A_SECOND,
            TimeUnit.MILLISECONDS);
      }
      List<Strike> strikes = strikes(time);
      long mended = System.nanoTime();
      clients.shutdown();
      Long clean = verdict.awaitClean(mended, clients::isTerminated);
      clients.shutdownNow();
      clients.awaitTermination(Verdict.PROMISED.toSeconds(), TimeUnit.SECONDS);
      Hearing hearing = verdict.hear(List.copyOf(asked), client);
      readers.close();
      boxOffice.listPayments();
      history.writeTo(record);
      return new StormResult(
          victims.system().variant().id(),
          seed,
          strikes,
          sent.get(),
          Told.of(asked.stream().map(Asked::answer).toList()),
          verdict.judge(clean, hearing, history));
    } finally {
      clients.shutdownNow();
    }
  }

  private List<Strike> strikes(Duration time) throws InterruptedException {
    long began = System.nanoTime();
    List<Strike> strikes = new ArrayList<>();
    while (System.nanoTime() - began < time.toNanos()) {
      Thread.sleep(random.nextLong(LONGEST_CALM.toMillis()));
      List<String> struck = choose();
      long at = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      progress.accept("  kill " + String.join("+", struck));
      victims.strike(new Act.Kill(struck), () -> {});
      strikes.add(
          new Strike(at, struck, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) - at));
    }
    return strikes;
  }

  private List<String> choose() {
    List<String> names = new ArrayList<>(victims.names());
    Collections.shuffle(names, random);
    return names.subList(0, random.nextDouble() < SHARE_OF_PAIRS ? 2 : 1);
  }
}
