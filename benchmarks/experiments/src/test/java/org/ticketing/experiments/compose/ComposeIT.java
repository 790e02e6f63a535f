package org.ticketing.experiments.compose;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The deployments of {@code docker/} on a Docker engine. It builds their images and takes an hour
 * or more, and so runs only when it is asked for: {@code mvn verify -Dticketing.docker=true
 * -DskipQuickTests -Dit.test=ComposeIT -pl benchmarks/experiments -am}. Further Compose files can
 * be added, for machines that need other settings, with {@code
 * -Dticketing.compose-files=compose.stand-in.yaml}.
 */
@EnabledIfSystemProperty(
    named = "ticketing.docker",
    matches = "true",
    disabledReason = "It builds images, and runs with -Dticketing.docker=true only.")
@EnabledIf(
    value = "org.ticketing.experiments.compose.Docker#hasCompose",
    disabledReason = "There is no Docker engine with Compose.")
class ComposeIT {

  @Nested
  class Xa extends SystemInContainers {
    Xa() {
      super("xa");
    }
  }

  @Nested
  class Tcc extends SystemInContainers {
    Tcc() {
      super("tcc");
    }
  }

  @Nested
  class Saga extends SystemInContainers {
    Saga() {
      super("saga");
    }
  }

  @Nested
  class Choreography extends SystemInContainers {
    Choreography() {
      super("choreography");
    }
  }

  @Nested
  class Monolith extends SystemInContainers {
    Monolith() {
      super("monolith");
    }
  }

  @Nested
  class XaTwice extends ContractInContainers {
    XaTwice() {
      super("xa", Extent.TWO_PARTICIPANTS_OF_EACH);
    }
  }

  @Nested
  class TccTwice extends ContractInContainers {
    TccTwice() {
      super("tcc", Extent.TWO_PARTICIPANTS_OF_EACH);
    }
  }

  @Nested
  class SagaTwice extends ContractInContainers {
    SagaTwice() {
      super("saga", Extent.TWO_PARTICIPANTS_OF_EACH);
    }
  }

  @Nested
  class ChoreographyTwice extends ContractInContainers {
    ChoreographyTwice() {
      super("choreography", Extent.TWO_PARTICIPANTS_OF_EACH);
    }
  }

  @Nested
  class TccWithACluster extends ContractInContainers {
    TccWithACluster() {
      super("tcc", Extent.THREE_COORDINATORS);
    }
  }
}
