package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.seata.core.context.RootContext;
import org.apache.seata.core.model.BranchStatus;
import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.discovery.registry.RegistryFactory;
import org.apache.seata.integration.tx.api.fence.DefaultCommonFenceHandler;
import org.apache.seata.rm.DefaultResourceManager;
import org.apache.seata.rm.fence.SpringFenceHandler;
import org.apache.seata.rm.tcc.api.BusinessActionContext;
import org.apache.seata.rm.tcc.api.BusinessActionContextUtil;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.GlobalTransactionContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.tcc.PointTryApi.PointOrphan;
import org.ticketing.tcc.PointTryApi.PointTry;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.workload.Customer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the fence makes of messages that come twice, in the wrong order, or without the one that
 * should have come before. The test sends them in place of Seata's server, to a point process that
 * runs in this JVM.
 */
@ExtendWith(TccSystem.class)
@TestInstance(Lifecycle.PER_CLASS)
class FenceIT {

  private static final long AMOUNT = 30;

  private final RunningSystem system;
  private final ConfigurableApplicationContext point;
  private Customer customer;
  private UUID paymentId;
  private GlobalTransaction transaction;

  FenceIT(RunningSystem system) {
    this.system = system;
    JdbcAccess database = system.database("point").access();
    this.point =
        new SpringApplicationBuilder(TccApplication.class)
            .properties(
                Map.copyOf(
                    system
                        .stack()
                        .keys()
                        .properties(
                            List.of("point"), system.system().description().servicesByProcess())))
            .run(
                "--spring.application.name=tcc-point-under-test",
                "--ticketing.services=point",
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.http.serviceclient.user.base-url=" + system.system().url("user"),
                "--spring.http.serviceclient.payment.base-url=" + system.system().url("payment"),
                "--seata.service.grouplist.default=" + "127.0.0.1:" + system.seataServer().port());
  }

  @BeforeEach
  void begin() throws Exception {
    customer = new Shop(system).customerWithPoints(100);
    paymentId = UUID.randomUUID();
    transaction = GlobalTransactionContext.createNew();
    transaction.begin(60_000, "test");
  }

  @AfterEach
  void end() throws Exception {
    if (transaction.getStatus() == GlobalStatus.Begin) {
      transaction.rollback();
    }
  }

  @AfterAll
  void stop() {
    point.close();
  }

  @Test
  void aSecondConfirmChangesNothing() throws Exception {
    reserve();
    assertThat(customer.reserved()).isEqualTo(AMOUNT);

    assertThat(confirm(branch())).isEqualTo(BranchStatus.PhaseTwo_Committed);
    assertThat(confirm(branch())).isEqualTo(BranchStatus.PhaseTwo_Committed);

    assertThat(customer.balance()).isEqualTo(100 - AMOUNT);
    assertThat(customer.reserved()).isZero();
    transaction.commit();
  }

  @Test
  void aSecondReleaseChangesNothing() throws Exception {
    reserve();

    assertThat(release(branch())).isEqualTo(BranchStatus.PhaseTwo_Rollbacked);
    assertThat(release(branch())).isEqualTo(BranchStatus.PhaseTwo_Rollbacked);

    assertThat(customer.balance()).isEqualTo(100);
    assertThat(customer.reserved()).isZero();
  }

  @Test
  void aReleaseWithoutTryReleasesNothingAndKeepsOutALateTry() throws Exception {
    long branch = 4711;

    assertThat(release(branch)).isEqualTo(BranchStatus.PhaseTwo_Rollbacked);

    assertThatThrownBy(() -> lateTry(branch)).hasMessageContaining("duplicate key");
    assertThat(customer.reserved()).isZero();
  }

  @Test
  void aConfirmWithoutTryIsNotDone() throws Exception {
    assertThat(confirm(4712)).isEqualTo(BranchStatus.PhaseTwo_CommitFailed_Retryable);
    assertThat(customer.balance()).isEqualTo(100);
  }

  @Test
  void aFinishedBranchIsForgottenOnceItIsOld() throws Exception {
    reserve();
    assertThat(confirm(branch())).isEqualTo(BranchStatus.PhaseTwo_Committed);

    forgetFinishedBranches();

    assertThat(fences()).isEmpty();
    transaction.commit();
  }

  @Test
  void aConfirmThatIsRepeatedAfterThatChangesNothing() throws Exception {
    reserve();
    long branch = branch();
    assertThat(confirm(branch)).isEqualTo(BranchStatus.PhaseTwo_Committed);
    forgetFinishedBranches();

    assertThat(confirm(branch)).isEqualTo(BranchStatus.PhaseTwo_Committed);

    assertThat(customer.balance()).isEqualTo(100 - AMOUNT);
    assertThat(customer.reserved()).isZero();
    transaction.commit();
  }

  @Test
  void aReleaseThatIsRepeatedAfterThatChangesNothing() throws Exception {
    reserve();
    long branch = branch();
    assertThat(release(branch)).isEqualTo(BranchStatus.PhaseTwo_Rollbacked);
    forgetFinishedBranches();

    assertThat(release(branch)).isEqualTo(BranchStatus.PhaseTwo_Rollbacked);

    assertThat(customer.balance()).isEqualTo(100);
    assertThat(customer.reserved()).isZero();
  }

  @Test
  void anOrphanedBranchIsNeitherConfirmedNorReleasedByTheServer() throws Exception {
    reserve();
    long branch = branch();

    assertThat(orphan().confirmed()).isFalse();

    assertThat(confirm(branch)).isEqualTo(BranchStatus.PhaseTwo_CommitFailed_Retryable);
    assertThat(release(branch)).isEqualTo(BranchStatus.PhaseTwo_RollbackFailed_Retryable);
    assertThat(customer.balance()).isEqualTo(100);
    assertThat(customer.reserved()).isEqualTo(AMOUNT);
    endAsOfAFailedPayment();
    assertThat(customer.reserved()).isZero();
    assertThat(release(branch)).isEqualTo(BranchStatus.PhaseTwo_Rollbacked);
  }

  @Test
  void aBranchThatIsConfirmedBecomesNoOrphan() throws Exception {
    reserve();
    assertThat(confirm(branch())).isEqualTo(BranchStatus.PhaseTwo_Committed);

    assertThat(orphan().confirmed()).isTrue();

    assertThat(customer.balance()).isEqualTo(100 - AMOUNT);
    transaction.commit();
  }

  @Test
  void aTryThatComesAfterItWasLookedForIsRefused() {
    assertThat(orphan().confirmed()).isFalse();

    assertThatThrownBy(this::reserve).hasMessageContaining("undone");
    assertThat(customer.reserved()).isZero();
  }

  @Test
  void aServerThatTheClientHasForgottenIsFoundAgain() {
    RegistryFactory.getInstance().refreshAliveLookup("ticketing", List.of());

    assertThatThrownBy(transaction::getStatus).hasMessageContaining("No available service");
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(transaction.getStatus()).isEqualTo(GlobalStatus.Begin));
  }

  private void reserve() {
    RootContext.bind(transaction.getXid());
    point.getBean(PointAction.class).reserve(new PointTry(paymentId, customer.id(), AMOUNT));
  }

  private void lateTry(long branch) {
    BusinessActionContextUtil.setContext(
        new BusinessActionContext(
            transaction.getXid(), String.valueOf(branch), Map.of(Branch.PAYMENT_ID, paymentId)));
    try {
      DefaultCommonFenceHandler.get()
          .prepareFence(transaction.getXid(), branch, "point", () -> "reserved after all");
    } finally {
      BusinessActionContextUtil.clear();
    }
  }

  private static void forgetFinishedBranches() {
    new SpringFenceHandler().deleteFenceByDate(Date.from(Instant.now().plusSeconds(60)));
  }

  private Orphan orphan() {
    RootContext.bind(transaction.getXid());
    return point.getBean(PointAction.class).orphan(new PointOrphan(paymentId, customer.id()));
  }

  private void endAsOfAFailedPayment() {
    var payment =
        new PaymentView(
            paymentId,
            customer.id(),
            UUID.randomUUID(),
            AMOUNT,
            Status.FAILED,
            "payment-cancelled",
            Instant.now(),
            null);
    OpenBranches branches = point.getBean(OpenBranches.class);
    branches.all().stream()
        .filter(branch -> branch.paymentId().equals(paymentId))
        .forEach(branch -> branches.end(branch, payment, false));
  }

  private long branch() {
    return Long.parseLong(fences().get(0));
  }

  private List<String> fences() {
    return system
        .database("point")
        .query("SELECT branch_id FROM tcc_fence_log WHERE xid = '" + transaction.getXid() + "'");
  }

  private BranchStatus confirm(long branch) throws Exception {
    return DefaultResourceManager.get()
        .branchCommit(BranchType.TCC, transaction.getXid(), branch, "point", branchData());
  }

  private BranchStatus release(long branch) throws Exception {
    return DefaultResourceManager.get()
        .branchRollback(BranchType.TCC, transaction.getXid(), branch, "point", branchData());
  }

  private String branchData() {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "actionContext",
                Map.of("paymentId", paymentId, "userId", customer.id(), "useTCCFence", true)));
  }
}
