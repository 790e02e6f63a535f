package org.ticketing.experiments.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ticketing.experiments.live.Order.Kill;
import org.ticketing.workload.AtOnce;

/** Plays one order on all systems of a stage. */
final class Run {

  /** How long what was killed stays dead before it is started again. */
  private static final Duration DEAD = Duration.ofSeconds(3);

  private final Stage stage;
  private final Order order;
  private final Consumer<Phase> phases;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Where a run stands. */
  enum Phase {
    /** Nothing was ordered yet. */
    READY(false),
    /** Seats are being reserved. */
    PREPARING(true),
    /** Payments are being sent, or are waited for. */
    PAYING(true),
    /** What is in doubt is waited for, and the databases are audited. */
    SETTLING(true),
    /** It was played to its end. */
    OVER(false),
    /** It was stopped before its payments were sent. */
    STOPPED(false),
    /** It could not be played to its end. */
    FAILED(false);

    private final boolean isBusy;

    Phase(boolean isBusy) {
      this.isBusy = isBusy;
    }

    boolean isBusy() {
      return isBusy;
    }
  }

  /**
   * @param phases is told of each phase when it begins, but not of the last
   */
  Run(Stage stage, Order order, Consumer<Phase> phases) {
    this.stage = stage;
    this.order = order;
    this.phases = phases;
  }

  /**
   * Plays it, once.
   *
   * @throws InterruptedException it is to end at once
   * @throws ExecutionException a system failed
   */
  void play() throws InterruptedException, ExecutionException {
    try {
      phases.accept(Phase.PREPARING);
      for (Contender contender : stage.contenders()) {
        contender.prepare(order);
      }
      phases.accept(Phase.PAYING);
      AtOnce.run(paying());
      phases.accept(Phase.SETTLING);
      AtOnce.run(each(Contender::settle));
    } finally {
      stage.contenders().forEach(Contender::leave);
    }
  }

  /** Sends no more, and kills nothing any more. */
  void stopSending() {
    stopped.countDown();
    stage.contenders().forEach(Contender::stopSending);
  }

  private List<Callable<Void>> paying() {
    List<Callable<Void>> paying = new ArrayList<>(each(Contender::send));
    if (order.kill() != null) {
      paying.add(
          () -> {
            kill(order.kill());
            return null;
          });
    }
    return paying;
  }

  private void kill(Kill kill) throws InterruptedException {
    if (stopped.await(kill.after(), TimeUnit.SECONDS)) {
      return;
    }
    stage.kill(kill.target());
    TimeUnit.MILLISECONDS.sleep(DEAD.toMillis());
    stage.restart(kill.target());
  }

  private interface Part {
    void of(Contender contender) throws InterruptedException;
  }

  private List<Callable<Void>> each(Part part) {
    return stage.contenders().stream()
        .<Callable<Void>>map(
            contender ->
                () -> {
                  part.of(contender);
                  return null;
                })
        .toList();
  }
}
