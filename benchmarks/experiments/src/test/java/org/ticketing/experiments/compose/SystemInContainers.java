package org.ticketing.experiments.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.Systems;
import tools.jackson.databind.JsonNode;

/** What holds of a deployment with one container of each service. */
abstract class SystemInContainers extends ContractInContainers {

  private final SystemDescription system;

  SystemInContainers(String system) {
    super(system, Extent.ONE_OF_EACH);
    this.system = Systems.named(system);
  }

  @Test
  void aContainerThatIsPausedUnderLoadLeavesNothingHalfDone() throws Exception {
    Container paused = containerWithPayments();
    try (SteadyLoad load = new SteadyLoad(deployment())) {
      load.prepare(Duration.ofSeconds(40));
      load.during(
          () -> {
            paused.pause();
            load.goOnFor(Duration.ofSeconds(30));
            paused.unpause();
          });
      deployment().awaitWorking();
      assertKept(load, "after a pause of " + paused);
    }
  }

  @Test
  void aContainerThatIsCutFromItsNetworkForAMinuteLeavesNothingHalfDone() throws Exception {
    Container cut = containerWithPayments();
    try (SteadyLoad load = new SteadyLoad(deployment())) {
      load.prepare(Duration.ofSeconds(75));
      load.during(
          () -> {
            Runnable reconnection = cut.disconnect();
            try {
              load.goOnFor(Duration.ofMinutes(1));
            } finally {
              reconnection.run();
            }
          });
      deployment().awaitWorking();
      assertKept(load, "after " + cut + " was cut from its network");
    }
  }

  /** A participant, or whatever takes part in payments if there is one process only. */
  private Container containerWithPayments() {
    return deployment().containers("reservation").get(0);
  }

  @Test
  void everyServiceStopsByItselfWithinTenSecondsOfLoad() throws Exception {
    try (SteadyLoad load = new SteadyLoad(deployment())) {
      for (Container container : deployment().ownContainers()) {
        load.prepare(Duration.ofSeconds(20));
        load.during(() -> assertThat(container.stop()).as("%s stopped", container).isTrue());
        if (deployment().containers("payment").contains(container)) {
          await("what " + container + " had begun")
              .atMost(Duration.ofSeconds(10))
              .untilAsserted(() -> assertThat(inDoubtOfTheProtocol()).isEmpty());
        }
        container.start();
        deployment().awaitWorking();
        assertKept(load, "after a stop of " + container);
      }
    }
  }

  /** What follows payments goes on when their process has started again. */
  private Set<String> inDoubtOfTheProtocol() {
    Set<String> ofTheProtocol =
        system.inDoubt().stream().map(InDoubtQuery::what).collect(Collectors.toSet());
    system.servers().stream().map(Servers::unfinishedAt).forEach(ofTheProtocol::add);
    ofTheProtocol.retainAll(auditNow().inDoubt().keySet());
    return ofTheProtocol;
  }

  @Test
  void servicesRunWithoutRightsOnAFileSystemThatTheyCannotChange() {
    for (Container container : deployment().ownContainers()) {
      JsonNode details = container.inspect();
      assertThat(details.at("/Config/User").asString())
          .as("user of %s", container)
          .isNotEmpty()
          .doesNotMatch("(0|root)(:.*)?");
      JsonNode host = details.path("HostConfig");
      assertThat(host.path("ReadonlyRootfs").asBoolean())
          .as("root file system of %s cannot be written", container)
          .isTrue();
      assertThat(Container.texts(host.path("CapDrop"))).as("%s", container).contains("ALL");
      assertThat(Container.texts(host.path("CapAdd"))).as("%s", container).isEmpty();
      assertThat(Container.texts(host.path("SecurityOpt")))
          .as("%s", container)
          .anyMatch(option -> option.startsWith("no-new-privileges"));
      assertThat(host.path("Privileged").asBoolean()).as("%s", container).isFalse();
    }
  }

  @Test
  void everyContainerHasLimitsAndIsPublishedOnLoopbackAlone() {
    for (Container container : deployment().containers()) {
      JsonNode host = container.inspect().path("HostConfig");
      assertThat(host.path("Memory").asLong()).as("memory of %s", container).isPositive();
      assertThat(host.path("NanoCpus").asLong()).as("processors of %s", container).isPositive();
      List<String> addresses = new ArrayList<>();
      for (JsonNode bindings : host.path("PortBindings")) {
        for (JsonNode binding : bindings) {
          addresses.add(binding.path("HostIp").asString());
        }
      }
      assertThat(addresses).as("addresses of %s", container).allMatch("127.0.0.1"::equals);
    }
  }

  @Test
  void noSecretIsInAnEnvironmentACommandOrAnImage() {
    List<String> secrets = deployment().secrets();
    assertThat(secrets).hasSizeGreaterThan(10);
    for (Container container : deployment().containers()) {
      String shown =
          container.inspect().path("Config").toString()
              + container.imageDetails()
              + container.history();
      for (String secret : secrets) {
        assertThat(shown.contains(secret)).as("a secret is shown by %s", container).isFalse();
      }
    }
  }
}
