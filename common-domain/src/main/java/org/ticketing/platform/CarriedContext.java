package org.ticketing.platform;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.concurrent.ExecutorService;

/**
 * What goes along when another thread does a part of a thread's work: the observation that is under
 * way, and with it the trace, and the payment and the trace's id in log lines.
 */
public final class CarriedContext {

  private static final ContextSnapshotFactory SNAPSHOTS =
      ContextSnapshotFactory.builder()
          .contextRegistry(
              new ContextRegistry()
                  // Which observation is under way is the same for all registries.
                  .registerThreadLocalAccessor(
                      new ObservationThreadLocalAccessor(ObservationRegistry.create()))
                  .registerThreadLocalAccessor(
                      new Slf4jThreadLocalAccessor(LogField.PAYMENT.key(), TraceSampling.TRACE_ID)))
          .build();

  private CarriedContext() {}

  /** The same threads, which take the context of whoever gives them work along. */
  public static ExecutorService into(ExecutorService threads) {
    return ContextExecutorService.wrap(threads, CarriedContext::ofThisThread);
  }

  static ContextSnapshot ofThisThread() {
    return SNAPSHOTS.captureAll();
  }
}
