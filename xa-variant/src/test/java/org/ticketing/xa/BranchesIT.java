package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static javax.transaction.xa.XAException.XAER_NOTA;
import static javax.transaction.xa.XAException.XAER_PROTO;
import static javax.transaction.xa.XAException.XAER_RMFAIL;
import static javax.transaction.xa.XAException.XA_RBROLLBACK;
import static javax.transaction.xa.XAResource.XA_OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.client.HttpClientErrorException.BadRequest;
import org.springframework.web.client.HttpClientErrorException.Forbidden;
import org.springframework.web.client.HttpClientErrorException.Unauthorized;
import org.springframework.web.client.HttpServerErrorException.ServiceUnavailable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.xa.Participant.Work;

/** A participant as its coordinator sees it: on MariaDB (point) and on PostgreSQL (reservation). */
@ParameterizedClass
@EnumSource
@ExtendWith(XaSystem.class)
class BranchesIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Participant participant;
  private final RunningSystem system;
  private final BranchApi branches;
  private final BranchXid branch = newBranch();

  BranchesIT(Participant participant, RunningSystem system) {
    this.participant = participant;
    this.system = system;
    this.branches = participant.branches(system);
  }

  @BeforeEach
  void nothingIsLeftOfOtherTests() {
    assertThat(branches.prepared()).isEmpty();
  }

  @Test
  void severalPiecesOfWorkAreOneBranch() {
    Work first = participant.work(system);
    Work second = participant.work(system);

    first.start(branch);
    second.join(branch);
    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    assertThat(branches.prepared()).containsExactly(branch.toString());
    assertThat(first.isDone() || second.isDone()).isFalse();

    assertThat(branches.commit(branch, false)).isEqualTo(XA_OK);
    assertThat(branches.prepared()).isEmpty();
    assertThat(first.isDone() && second.isDone()).isTrue();
  }

  @Test
  void refusedWorkMakesTheBranchVoteForRollback() {
    Work done = participant.work(system);
    Work refused = participant.refusedWork(system);

    done.start(branch);
    assertThatThrownBy(() -> refused.join(branch)).isInstanceOf(RestClientException.class);

    assertThat(branches.prepare(branch)).isEqualTo(XA_RBROLLBACK);
    assertThat(branches.rollback(branch)).isEqualTo(XAER_NOTA);
    assertThat(done.isDone()).isFalse();
  }

  @Test
  void workWithoutABranchIsRefused() {
    Work work = participant.work(system);

    assertThatThrownBy(work::doWithoutBranch)
        .isInstanceOf(BadRequest.class)
        .hasMessageContaining("xid-required");

    assertThat(work.isDone()).isFalse();
  }

  @Test
  void branchWithoutChangesCommits() {
    Work work = participant.work(system);
    work.start(branch);
    branches.prepare(branch);
    branches.commit(branch, false);
    BranchXid again = newBranch();

    work.start(again);
    assertThat(branches.prepare(again)).isEqualTo(XA_OK);
    assertThat(branches.commit(again, false)).isEqualTo(XA_OK);
  }

  @Test
  void oneParticipantAloneIsCommittedInOnePhase() {
    Work work = participant.work(system);
    work.start(branch);

    assertThat(branches.commit(branch, true)).isEqualTo(XA_OK);

    assertThat(work.isDone()).isTrue();
  }

  @Test
  void branchThatWasNotPreparedIsNotCommittedInTwoPhases() {
    Work work = participant.work(system);
    work.start(branch);

    assertThat(branches.commit(branch, false)).isEqualTo(XAER_PROTO);

    assertThat(branches.rollback(branch)).isEqualTo(XA_OK);
    assertThat(work.isDone()).isFalse();
  }

  @Test
  void everyMessageMayBeRepeated() {
    Work work = participant.work(system);
    work.start(branch);

    assertThat(branches.prepare(branch)).isEqualTo(XA_OK);
    assertThat(branches.prepare(branch)).isEqualTo(XAER_PROTO);
    assertThat(branches.commit(branch, false)).isEqualTo(XA_OK);
    assertThat(branches.commit(branch, false)).isEqualTo(XAER_NOTA);
    assertThat(branches.rollback(branch)).isEqualTo(XAER_NOTA);
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void preparedBranchIsRolledBackWhenTheCoordinatorSaysSo() {
    Work work = participant.work(system);
    work.start(branch);
    branches.prepare(branch);

    assertThat(branches.rollback(branch)).isEqualTo(XA_OK);

    assertThat(branches.prepared()).isEmpty();
    assertThat(work.isDone()).isFalse();
  }

  @Test
  void idleBranchIsRolledBackAndTakesNoMoreWork() {
    Work work = participant.work(system);
    Work late = participant.work(system);
    work.start(branch);
    await().atMost(SOON).until(() -> !work.keepsOthersWaiting());

    assertThatThrownBy(() -> late.join(branch)).isInstanceOf(ServiceUnavailable.class);

    assertThat(branches.prepare(branch)).isEqualTo(XAER_NOTA);
    assertThat(work.isDone() || late.isDone()).isFalse();
  }

  @Test
  void preparedBranchIsNeverTimedOut() {
    Work work = participant.work(system);
    Work idle = participant.work(system);
    work.start(branch);
    branches.prepare(branch);
    idle.start(newBranch());
    await().atMost(SOON).until(() -> !idle.keepsOthersWaiting());

    assertThat(branches.prepared()).containsExactly(branch.toString());
    assertThat(branches.commit(branch, false)).isEqualTo(XA_OK);
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void workThatIsUnderWayWhenItsBranchIsRolledBackIsNotDone() {
    Work work = participant.work(system);
    BranchXid other = newBranch();
    work.start(other);
    var waiting = CompletableFuture.runAsync(() -> work.start(branch));
    await().atMost(SOON).until(() -> participant.waiting(system) == 1);
    var rollback = CompletableFuture.supplyAsync(() -> branches.rollback(branch));

    branches.rollback(other);

    waiting.join();
    // Whoever had the turn may have rolled the branch back already.
    assertThat(rollback.join()).isIn(XA_OK, XAER_NOTA);
    assertThat(work.isDone() || work.keepsOthersWaiting()).isFalse();
  }

  @Test
  void participantThatLostTheBranchTakesNoMoreWorkForIt() {
    Work lost = participant.work(system);
    Work next = participant.work(system);
    lost.start(branch);
    system.process(participant.service()).restart();

    assertThatThrownBy(() -> next.join(branch)).isInstanceOf(ServiceUnavailable.class);

    assertThat(branches.prepare(branch)).isEqualTo(XAER_NOTA);
    assertThat(next.isDone()).isFalse();
  }

  @Test
  void preparedBranchSurvivesTheParticipant() {
    Work work = participant.work(system);
    work.start(branch);
    branches.prepare(branch);

    system.process(participant.service()).restart();

    assertThat(branches.prepared()).containsExactly(branch.toString());
    assertThat(work.keepsOthersWaiting()).isTrue();
    commitUntilDone();
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void preparedBranchSurvivesTheDatabase() {
    Work work = participant.work(system);
    work.start(branch);
    branches.prepare(branch);

    participant.server(system).process().kill();
    assertThat(branches.commit(branch, false)).isEqualTo(XAER_RMFAIL);
    participant.server(system).process().restart();

    commitUntilDone();
    assertThat(work.isDone()).isTrue();
  }

  @Test
  void lossOfTheConnectionDoesNotKeepAPreparedBranchFromBeingCommitted() {
    Work work = participant.work(system);
    work.start(branch);
    branches.prepare(branch);

    participant.killConnections(system);

    commitUntilDone();
    // The pool tests a connection only if it was idle for a while. Without the delay it could hand
    // a broken one to the next test.
    await().pollDelay(Duration.ofSeconds(1)).until(work::isDone);
  }

  @Test
  void onlyThePaymentServiceMaySendMessages() {
    BranchApi stranger = Apis.client(http(), BranchApi.class);
    BranchApi operator =
        branchesAs(Bearer.user(system.stack().keys(), UUID.randomUUID(), "OPERATOR", "SERVICE"));
    BranchApi shop = branchesAs(system.token("user", participant.service()));

    assertThatThrownBy(stranger::prepared).isInstanceOf(Unauthorized.class);
    assertThatThrownBy(() -> stranger.commit(branch, false)).isInstanceOf(Unauthorized.class);
    for (BranchApi other : List.of(operator, shop)) {
      assertThatThrownBy(other::prepared).isInstanceOf(Forbidden.class);
      assertThatThrownBy(() -> other.commit(branch, false)).isInstanceOf(Forbidden.class);
    }
  }

  private BranchApi branchesAs(String token) {
    return Apis.client(
        http().defaultHeaders(headers -> headers.setBearerAuth(token)), BranchApi.class);
  }

  private RestClient.Builder http() {
    return RestClient.builder().baseUrl(system.process(participant.service()).url());
  }

  /**
   * Repeats the message as a coordinator does. The participant must not call a branch gone that is
   * still prepared.
   */
  private void commitUntilDone() {
    await().atMost(SOON).until(() -> branches.commit(branch, false) != XAER_RMFAIL);
    assertThat(branches.prepared()).isEmpty();
  }

  private static BranchXid newBranch() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return new BranchXid(1, random, HexFormat.of().formatHex("test/1".getBytes(UTF_8)));
  }
}
