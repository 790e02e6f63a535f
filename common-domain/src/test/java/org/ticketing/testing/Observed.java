package org.ticketing.testing;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Keeps what has been observed, in the order in which it ended. */
public final class Observed implements ObservationHandler<Observation.Context> {

  private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

  public ObservationRegistry registry() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(this);
    return registry;
  }

  public List<Observation.Context> all() {
    return ended;
  }

  /** The last one that has ended. */
  public Observation.Context last() {
    return ended.get(ended.size() - 1);
  }

  /** The values that it is told by, in metrics and in traces. */
  public static Map<String, String> tags(Observation.Context observation) {
    return observation.getAllKeyValues().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  @Override
  public void onStop(Observation.Context observation) {
    ended.add(observation);
  }

  @Override
  public boolean supportsContext(Observation.Context observation) {
    return true;
  }
}
