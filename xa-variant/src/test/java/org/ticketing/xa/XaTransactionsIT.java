package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.client.RestClient;
import org.ticketing.payment.TransactionsApi;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TrackingApi;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.verification.contract.Purchase;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.verification.contract.Shop;
import org.ticketing.xa.Participant.Work;

/** What an operator sees of transactions that are stuck, and does about them. */
@ExtendWith(XaSystem.class)
class XaTransactionsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final RunningSystem system;

  XaTransactionsIT(RunningSystem system) {
    this.system = system;
  }

  /** The table of decisions is locked, so that the payment stops before its decision. */
  @Test
  void paymentWhoseProcessDiesBeforeItsDecisionIsSeenAndUndone() throws Exception {
    Purchase purchase = new Shop(system).purchaseWithPoints(Shop.PRICE);
    CompletableFuture<String> answer;
    BranchXid ofPoint;
    try (var lock = system.database("payment").lock("protocol.decision")) {
      answer = purchase.startPaying();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(SOON)
          .until(
              () -> prepared(Participant.POINT).size() + prepared(Participant.RESERVATION).size(),
              branches -> branches == 2);
      ofPoint = BranchXid.valueOf(prepared(Participant.POINT).get(0));
      system.process("payment").kill();
    }
    await().atMost(SOON).until(answer::isDone);
    leaveToTheOperator(ofPoint.transaction());
    system.process("payment").restart();

    assertThat(inDoubt(ofPoint.transaction()).state()).isEqualTo(TransactionState.UNDOING);
    EngineView engine = transactions().find(ofPoint.toString()).engine();
    assertThat(engine.decision()).isEqualTo(Decision.UNDO);
    assertThat(engine.suspended()).isTrue();
    for (Participant participant : Participant.values()) {
      assertThat(holdings(participant, ofPoint.transaction()))
          .extracting(Holding::what)
          .contains("prepared branch");
    }
    assertThat(steer(Steering.COMPLETE, ofPoint, false).refusal()).contains("presumed abort");

    Effect effect = steer(Steering.UNDO, ofPoint, false);

    assertThat(effect.finished()).isTrue();
    assertThat(effect.steps())
        .containsExactlyInAnyOrder(
            "rolled back the branch of point", "rolled back the branch of reservation");
    assertThat(prepared(Participant.POINT)).isEmpty();
    assertThat(prepared(Participant.RESERVATION)).isEmpty();
    assertThat(purchase.balance()).isEqualTo(Shop.PRICE);
    assertThat(purchase.pay()).isEqualTo("paid");
  }

  @Test
  void branchWhoseDecisionIsLostEndsAsTheOperatorDecides() {
    Work work = Participant.POINT.work(system);
    var branch = new BranchXid(1, hex("lost-" + UUID.randomUUID()), hex("lost/0123abcd/1"));
    work.start(branch);
    Participant.POINT.branches(system).prepare(branch);

    assertThat(inDoubt(branch.transaction()).state()).isEqualTo(TransactionState.UNKNOWN);
    assertThat(transactions().find(branch.toString()).engine().decision())
        .isEqualTo(Decision.UNKNOWN);
    assertThat(steer(Steering.COMPLETE, branch, false).isRefused()).isTrue();
    assertThat(work.isDone()).isFalse();

    Effect effect = steer(Steering.COMPLETE, branch, true);

    assertThat(effect.heuristic()).isTrue();
    assertThat(effect.finished()).isTrue();
    assertThat(work.isDone()).isTrue();
    assertThat(prepared(Participant.POINT)).isEmpty();
  }

  private List<String> prepared(Participant participant) {
    return participant.branches(system).prepared();
  }

  /** Recovery would end the branches a moment after the restart. */
  private void leaveToTheOperator(String transaction) {
    system
        .database("payment")
        .query("INSERT INTO protocol.suspension VALUES ('%s')".formatted(transaction));
  }

  private TransactionSummary inDoubt(String transaction) {
    return transactions()
        .list("in-doubt", null, null, null, transaction, null, null, null, null, 100)
        .transactions()
        .stream()
        .findFirst()
        .orElseThrow();
  }

  private Effect steer(Steering steering, BranchXid branch, boolean heuristic) {
    List<Steered> steered =
        transactions()
            .steer(
                new SteeringOrder(steering, List.of(branch.toString()), "for a test", heuristic));
    return steered.get(0).effect();
  }

  private TransactionsApi transactions() {
    return Apis.client(asOperator("payment"), TransactionsApi.class);
  }

  private List<Holding> holdings(Participant participant, String transaction) {
    return Apis.client(asOperator(participant.service()), TrackingApi.class)
        .holdings(null, transaction);
  }

  private RestClient.Builder asOperator(String service) {
    String token = Bearer.user(system.stack().keys(), UUID.randomUUID(), "OPERATOR");
    return RestClient.builder()
        .baseUrl(system.process(service).url())
        .defaultHeaders(headers -> headers.setBearerAuth(token));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }
}
