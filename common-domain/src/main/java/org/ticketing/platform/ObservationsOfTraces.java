package org.ticketing.platform;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Makes observations of what is {@linkplain TraceSampling traced}, and of nothing else. An
 * observation costs a payment processor time also if its span is thrown away, and even if a
 * predicate of the registry refuses it, because both look at what is to be observed first.
 */
final class ObservationsOfTraces implements ObservationRegistry {

  private final ObservationRegistry observations = ObservationRegistry.create();
  private final TraceSampling sampling;
  private final Observing observing;

  ObservationsOfTraces(TraceSampling sampling, Observing observing) {
    this.sampling = sampling;
    this.observing = observing;
  }

  /** Differs from thread to thread, and from request to request. */
  @Override
  public boolean isNoop() {
    return !observing.isOn() || !sampling.isTraced() || observations.isNoop();
  }

  @Override
  public Observation getCurrentObservation() {
    return observations.getCurrentObservation();
  }

  @Override
  public Observation.Scope getCurrentObservationScope() {
    return observations.getCurrentObservationScope();
  }

  @Override
  public void setCurrentObservationScope(Observation.Scope scope) {
    observations.setCurrentObservationScope(scope);
  }

  @Override
  public ObservationConfig observationConfig() {
    return observations.observationConfig();
  }
}
