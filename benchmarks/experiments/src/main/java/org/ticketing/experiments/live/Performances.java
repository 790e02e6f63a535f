package org.ticketing.experiments.live;

import java.io.Closeable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.ticketing.experiments.live.Run.Phase;

/** Plays orders on a stage, one at a time, and tells where it stands. */
final class Performances implements Closeable {

  private final Stage stage;
  private Phase phase = Phase.READY;
  private String failure;
  private Order order;
  private boolean isStopped;
  private Run run;
  private Thread player;

  /**
   * What is shown.
   *
   * @param order null before the first one
   * @param failure why it could not be played to its end, in one line; null if it could so far
   */
  record Shown(Phase phase, boolean busy, Order order, String failure, List<View> systems) {}

  /**
   * What can be ordered.
   *
   * @param killable everything that at least one of the systems has
   */
  record Offer(
      List<String> systems,
      List<String> killable,
      int highestRate,
      int longest,
      int mostRefusals) {}

  Performances(Stage stage) {
    this.stage = stage;
  }

  Offer offer() {
    return new Offer(
        stage.contenders().stream().map(Contender::name).toList(),
        List.copyOf(killable()),
        Order.HIGHEST_RATE,
        Order.LONGEST,
        Order.MOST_REFUSALS);
  }

  private Set<String> killable() {
    Set<String> killable = new LinkedHashSet<>();
    stage.contenders().forEach(contender -> killable.addAll(contender.killable()));
    return killable;
  }

  /**
   * Begins to play an order.
   *
   * @throws IllegalArgumentException there is nothing of the name that is to be killed
   * @throws IllegalStateException another one is being played
   */
  synchronized void start(Order ordered) {
    if (ordered.kill() != null && !killable().contains(ordered.kill().target())) {
      throw new IllegalArgumentException(
          "kill must be one of %s.".formatted(String.join(", ", killable())));
    }
    if (phase.isBusy()) {
      throw new IllegalStateException("A load is under way: one at a time.");
    }
    order = ordered;
    failure = null;
    isStopped = false;
    phase = Phase.PREPARING;
    run = new Run(stage, ordered, this::begin);
    Run begun = run;
    player = new Thread(() -> play(begun), "live");
    player.setDaemon(true);
    player.start();
  }

  /** Ends the sending of payments, or their preparation. What follows is played to its end. */
  synchronized void stop() {
    if (phase == Phase.PREPARING) {
      isStopped = true;
      player.interrupt();
    } else if (phase == Phase.PAYING) {
      run.stopSending();
    }
  }

  private synchronized void begin(Phase next) {
    phase = next;
  }

  private void play(Run begun) {
    try {
      begun.play();
      begin(Phase.OVER);
    } catch (InterruptedException stopped) {
      begin(Phase.STOPPED);
    } catch (ExecutionException failed) {
      fail(failed.getCause());
    } catch (RuntimeException failed) {
      fail(failed);
    }
  }

  /** What is broken off by an interrupt may fail in any way. */
  private synchronized void fail(Throwable reason) {
    phase = isStopped ? Phase.STOPPED : Phase.FAILED;
    failure = isStopped ? null : text(reason);
  }

  /** Failures of this project have messages for users; of others, the class says more. */
  private static String text(Throwable failure) {
    boolean isOurs = failure.getClass().getName().startsWith("org.ticketing.");
    return (isOurs ? failure.getMessage() : failure.toString()).replaceAll("\\s*\\R\\s*", " ");
  }

  Shown shown() {
    Phase now;
    Order played;
    String reason;
    synchronized (this) {
      now = phase;
      played = order;
      reason = failure;
    }
    return new Shown(
        now,
        now.isBusy(),
        played,
        reason,
        stage.contenders().stream().map(Contender::view).toList());
  }

  /** Ends what is played, wherever it stands. */
  @Override
  public synchronized void close() {
    if (player != null) {
      player.interrupt();
    }
  }
}
