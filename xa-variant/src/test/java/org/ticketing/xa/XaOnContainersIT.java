package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.container.ContainerEngine;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Databases;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Customer;

/** Whole payments on databases in containers, where both have to prepare branches. */
@EnabledIf(value = "hasEngine", disabledReason = "there is no Docker engine")
@ExtendWith(XaOnContainersIT.OnContainers.class)
class XaOnContainersIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final RunningSystem system;
  private final Shop shop;

  XaOnContainersIT(RunningSystem system) {
    this.system = system;
    this.shop = new Shop(system);
  }

  static final class OnContainers extends XaSystem {
    @Override
    protected StackOptions options() {
      return super.options().withDatabases(Databases.DOCKER);
    }
  }

  static boolean hasEngine() {
    return ContainerEngine.isFound();
  }

  @Test
  void paymentIsMadeAndLeavesNothingInDoubt() {
    Purchase purchase = shop.purchaseWithPoints(Shop.PRICE);

    assertThat(purchase.pay()).isEqualTo("paid");

    assertThat(purchase.balance()).isZero();
    assertThat(inDoubt()).isEmpty();
  }

  @Test
  void paymentIsRefusedWhileADatabaseIsDeadAndMadeWhenItIsBack() {
    Customer customer = shop.customerWithPoints(Shop.PRICE);
    UUID reservation = shop.reservationOf(customer);
    StackProcess mysql = system.stack().mysql().process();

    mysql.kill();
    assertThat(new Purchase(system, customer, reservation).pay()).isNotEqualTo("paid");
    mysql.restart();

    await()
        .atMost(SOON)
        .until(() -> new Purchase(system, customer, reservation).pay().equals("paid"));
    await().atMost(SOON).untilAsserted(() -> assertThat(inDoubt()).isEmpty());
    assertThat(customer.balance()).isZero();
  }

  private List<String> inDoubt() {
    return Stream.concat(
            system.database("payment").query("SELECT gid FROM pg_prepared_xacts").stream(),
            system.database("point").query("XA RECOVER").stream())
        .toList();
  }
}
