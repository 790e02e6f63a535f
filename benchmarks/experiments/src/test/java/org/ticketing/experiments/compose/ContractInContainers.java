package org.ticketing.experiments.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;
import org.ticketing.verification.contract.TestedSystem;

/** What holds of a deployment of any extent: the contract, also when containers are killed. */
abstract class ContractInContainers extends PaymentContract {

  /** A container starts again meanwhile, and is healthy. */
  private static final Duration WHILE_ONE_STARTS = Duration.ofSeconds(20);

  @TempDir private static Path temporary;

  private final Extent extent;

  private ComposeDeployment deployment;

  ContractInContainers(String system, Extent extent) {
    super(Systems.named(system));
    this.extent = extent;
  }

  @Override
  protected TestedSystem started(SystemDescription system) {
    deployment = ComposeDeployment.up(system, extent, temporary);
    return deployment;
  }

  @Override
  protected boolean reachesThisMachine() {
    return false;
  }

  /** The containers, while the tests run. */
  ComposeDeployment deployment() {
    return deployment;
  }

  @Test
  void whicheverContainerIsKilledUnderLoadNothingIsLostOrLeftHalfDone() throws Exception {
    try (SteadyLoad load = new SteadyLoad(deployment)) {
      for (Container container : deployment.containers()) {
        load.prepare(WHILE_ONE_STARTS);
        load.during(
            () -> {
              container.kill();
              load.goOnFor(Duration.ofSeconds(3));
              container.start();
              container.awaitHealthy();
            });
        deployment.awaitWorking();
        assertKept(load, "after a kill of " + container);
      }
    }
  }

  /** The databases agree with everything that clients were told, and nothing is in doubt. */
  static void assertKept(SteadyLoad load, String when) throws InterruptedException {
    Judgement judgement = load.judgement();
    assertThat(judgement.asExpected()).as("%s: %s", when, judgement).isTrue();
  }
}
