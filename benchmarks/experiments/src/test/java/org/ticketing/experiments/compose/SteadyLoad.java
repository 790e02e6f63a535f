package org.ticketing.experiments.compose;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.verification.audit.Audit;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.History;

/**
 * Payments at a fixed rate, whatever becomes of those before them, while something happens to a
 * deployment; and whether its databases agree afterwards with everything that clients were told.
 */
final class SteadyLoad implements AutoCloseable {

  private static final int PER_SECOND = 20;

  /** Payments under way at the same time at most; what is due then is sent late. */
  private static final int AT_ONCE = 200;

  private static final int WALLETS = 20;
  private static final Mix MIX = new Mix(0.02, 0.05, 0, 0.5, WALLETS);

  /** Longer than clients wait for an answer. */
  private static final Duration ANSWERED = Duration.ofMinutes(3);

  /** Longer than everything that happens again by itself. */
  private static final Duration SETTLING = Duration.ofMinutes(3);

  private final ComposeDeployment deployment;
  private final History history;
  private final BoxOffice boxOffice;
  private final PaymentClient client;
  private final Queue<PlannedPayment> payments = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService customers = Executors.newFixedThreadPool(AT_ONCE);
  private int batch;

  /** Something that happens under load. */
  interface Event {
    void happen() throws Exception;
  }

  /** Registers the customers. */
  SteadyLoad(ComposeDeployment deployment) throws InterruptedException {
    this.deployment = deployment;
    this.history = new History("containers");
    this.boxOffice =
        BoxOffice.open(
            deployment.visitor(), deployment.operator(), workload(Duration.ofSeconds(1)), history);
    this.client = new PaymentClient(deployment.url("payment"), history);
  }

  private static Workload workload(Duration duration) {
    return new Workload((int) duration.toSeconds() * PER_SECOND, WALLETS, MIX);
  }

  /** Reserves the seats of payments for that time. To be called while everything works. */
  void prepare(Duration duration) throws InterruptedException {
    payments.addAll(boxOffice.prepare("batch " + ++batch, workload(duration)));
  }

  /** Pays before and while something happens, and returns when all clients have an answer. */
  void during(Event event) throws Exception {
    ScheduledFuture<?> sending =
        pace.scheduleAtFixedRate(this::send, 0, 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
    try {
      goOnFor(Duration.ofSeconds(2));
      event.happen();
    } finally {
      sending.cancel(false);
    }
    awaitAnswers();
  }

  /** Waits until as many more payments are sent as are due in that time. */
  void goOnFor(Duration duration) {
    int enough = sent.get() + (int) duration.toSeconds() * PER_SECOND;
    await("payments").atMost(duration.plusMinutes(1)).until(() -> sent.get() >= enough);
  }

  private void send() {
    PlannedPayment payment = payments.poll();
    if (payment != null) {
      sent.incrementAndGet();
      customers.execute(
          () -> {
            client.pay(payment, UUID.randomUUID().toString());
            answered.incrementAndGet();
          });
    }
  }

  private void awaitAnswers() {
    await("answers").atMost(ANSWERED).until(() -> answered.get() >= sent.get());
  }

  /** What the databases show, once nothing is in doubt any more. */
  Judgement judgement() throws InterruptedException {
    new Audit(deployment.databases(), history).afterSettling(SETTLING);
    return Judgement.on(deployment.databases(), history);
  }

  @Override
  public void close() throws IOException {
    pace.shutdownNow();
    customers.shutdownNow();
    client.close();
  }
}
