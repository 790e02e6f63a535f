package org.ticketing.platform;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ObservabilityController implements ObservabilityApi {

  private static final Logger log = LoggerFactory.getLogger(ObservabilityController.class);

  private final Observing observing;

  ObservabilityController(Observing observing) {
    this.observing = observing;
  }

  @Override
  public State state() {
    return new State(observing.isOn());
  }

  @Override
  public State change(State wanted) {
    observing.set(wanted.enabled());
    log.info("Observability was switched {} by an operator", wanted.enabled() ? "on" : "off");
    return state();
  }
}
