package org.ticketing.experiments.live;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ticketing.experiments.crash.TargetSystem;
import org.ticketing.experiments.crash.TestBed;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

/** A running system that is shown beside others. */
final class LiveSystem implements Contender, Closeable {

  /** A workload has at least so many payments. */
  private static final int FEWEST = 10;

  /** What the sale is opened for decides how many customers there are. */
  private static final Workload OPENING = new Workload(FEWEST, Performance.CLIENTS, mix(0));

  private static final Duration PROMISED = Duration.ofSeconds(60);

  private final TestBed bed;
  private final TimeLines timeLines;
  private final Optional<String> tracker;
  private int number;
  private volatile Performance performance;

  private LiveSystem(TestBed bed, Optional<String> tracker) {
    this.bed = bed;
    this.timeLines = new TimeLines(bed.target().system());
    this.tracker = tracker;
  }

  /**
   * Starts it, and opens its sale.
   *
   * @param trackers where the tracker of a system is, if it has one
   */
  static LiveSystem start(
      LocalStack stack,
      SystemDescription description,
      Function<TicketingSystem, Optional<String>> trackers)
      throws InterruptedException {
    TestBed bed = TestBed.start(stack, description, OPENING, PROMISED);
    return new LiveSystem(bed, trackers.apply(bed.target().system()));
  }

  private static Mix mix(double late) {
    return new Mix(0, late, 0, 0, 1);
  }

  TargetSystem target() {
    return bed.target();
  }

  /** Whether that is the name of a server, which other systems may use as well. */
  boolean hasServer(String target) {
    return bed.target().system().description().allServers().contains(target);
  }

  /** What it plays; null before the first order. */
  Performance performance() {
    return performance;
  }

  @Override
  public String name() {
    return bed.target().system().name();
  }

  @Override
  public String title() {
    return bed.target().system().description().title();
  }

  @Override
  public List<String> killable() {
    return TargetSystem.killable(bed.target().system().description());
  }

  @Override
  public void prepare(Order order) throws InterruptedException {
    number++;
    Workload workload =
        new Workload(
            Math.max(FEWEST, order.payments()), Performance.CLIENTS, mix(order.refusals() / 100.0));
    List<PlannedPayment> planned = bed.boxOffice().prepare("live " + number, workload);
    bed.verdict().begin();
    performance = new Performance(bed, order, planned, timeLines);
  }

  @Override
  public void send() throws InterruptedException {
    performance.send();
  }

  @Override
  public void stopSending() {
    performance.stopSending();
  }

  @Override
  public void settle() throws InterruptedException {
    performance.settle();
  }

  @Override
  public void leave() {
    if (performance != null) {
      performance.close();
    }
  }

  @Override
  public View view() {
    Performance shown = performance;
    return shown == null
        ? View.idle(name(), title(), tracker.orElse(null))
        : shown.view(title(), tracker.orElse(null));
  }

  @Override
  public void close() {
    leave();
    bed.close();
  }
}
