package org.ticketing.experiments.load;

import java.util.List;
import java.util.function.Function;
import org.ticketing.workload.Answer;
import org.ticketing.workload.Arrivals;
import org.ticketing.workload.OpenLoop;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.Workload;

/**
 * A load at a fixed rate on a system that runs and whose payments somebody else prepares. First
 * comes what is not counted, then what is.
 */
public final class FixedRate {

  private final LoadSettings settings;
  private final Arrivals uncounted;
  private final Arrivals counted;

  public FixedRate(LoadSettings settings) {
    this.settings = settings;
    this.uncounted = settings.uncounted();
    this.counted = settings.counted();
  }

  /**
   * What was sent.
   *
   * @param lateRefusals of all payments, those that are not counted included
   */
  public record Sent(LoadFigures counted, int lateRefusals) {}

  /** The payments to be prepared, those that are not counted included. */
  public Workload workload() {
    return settings.workload(uncounted.count() + counted.count());
  }

  /**
   * Sends the payments, once, and returns when all that were sent are answered.
   *
   * @param payments as many as the workload has
   * @param client sends a payment; called from as many threads as the load has clients
   */
  public Sent send(List<PlannedPayment> payments, Function<PlannedPayment, Answer> client)
      throws InterruptedException {
    LoadMeter first = send(uncounted, payments.subList(0, uncounted.count()), client);
    LoadMeter others = send(counted, payments.subList(uncounted.count(), payments.size()), client);
    LoadFigures figures = others.figures(counted.count());
    return new Sent(
        figures, first.figures(uncounted.count()).lateRefusals() + figures.lateRefusals());
  }

  private LoadMeter send(
      Arrivals arrivals, List<PlannedPayment> payments, Function<PlannedPayment, Answer> client)
      throws InterruptedException {
    LoadMeter meter = new LoadMeter();
    new OpenLoop(arrivals, settings.clients()).send(payments, client, meter::add);
    return meter;
  }
}
