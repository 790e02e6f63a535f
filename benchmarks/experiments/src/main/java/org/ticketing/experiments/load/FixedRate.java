package org.ticketing.experiments.load;

import java.util.List;
import java.util.Optional;
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

  /** The payments to be prepared, those that are not counted included. */
  public Workload workload() {
    int all = uncounted.count() + counted.count();
    return settings.sold().workload(all, settings.sold().late(all, all));
  }

  /**
   * Sends the payments, once, and returns when all that were sent are answered, with the figures of
   * those that are counted.
   *
   * @param payments as many as the workload has
   * @param client sends a payment; called from as many threads as the load has clients
   */
  public LoadFigures send(List<PlannedPayment> payments, Function<PlannedPayment, Answer> client)
      throws InterruptedException {
    send(uncounted, payments.subList(0, uncounted.count()), client);
    return send(counted, payments.subList(uncounted.count(), payments.size()), client).figures();
  }

  private LoadMeter send(
      Arrivals arrivals, List<PlannedPayment> payments, Function<PlannedPayment, Answer> client)
      throws InterruptedException {
    LoadMeter meter = new LoadMeter(arrivals);
    new OpenLoop(arrivals, settings.clients())
        .send(number -> Optional.of(payments.get(number)), client, meter::add);
    return meter;
  }
}
