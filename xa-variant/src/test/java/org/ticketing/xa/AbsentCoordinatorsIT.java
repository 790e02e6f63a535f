package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.client.HttpClientErrorException.Forbidden;
import org.springframework.web.client.HttpClientErrorException.Unauthorized;
import org.springframework.web.client.RestClient;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.verification.contract.RunningSystem;
import org.ticketing.xa.InDoubtApi.BranchInDoubt;
import org.ticketing.xa.InDoubtApi.Ended;
import org.ticketing.xa.InDoubtApi.Ending;
import org.ticketing.xa.Participant.Work;

/** What an operator does about a second payment process that does not come back. */
@ExtendWith(XaSystem.class)
class AbsentCoordinatorsIT {

  private static final CoordinatorId GONE = new CoordinatorId("gone", "0123abcd");
  private static final Ending ENDING = new Ending("for a test");

  private final RunningSystem system;

  AbsentCoordinatorsIT(RunningSystem system) {
    this.system = system;
  }

  @Test
  void operatorEndsWhatACoordinatorHasLeftAsItHasDecided() {
    system
        .database("payment")
        .query(
            """
            WITH gone AS (
              INSERT INTO protocol.coordinator (name, identity, log, epoch)
              VALUES ('gone', '0123abcd', 'OWN', 1) RETURNING number)
            INSERT INTO protocol.decision
            SELECT 'decided', number, 1, true, now() FROM gone""");
    Work decided = Participant.POINT.work(system);
    Work undecided = Participant.RESERVATION.work(system);
    BranchInDoubt ofPoint = prepare(Participant.POINT, decided, "decided");
    BranchInDoubt ofReservation = prepare(Participant.RESERVATION, undecided, "undecided");

    InDoubtApi operations = as(user("OPERATOR"));
    assertThat(operations.list().coordinators())
        .filteredOn(left -> left.name().equals(GONE.name()))
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.decisionsAreHere()).isTrue();
              assertThat(left.branches()).containsExactlyInAnyOrder(ofPoint, ofReservation);
            });
    assertThat(operations.end(GONE.name(), GONE.identity(), ENDING))
        .isEqualTo(new Ended(List.of(ofPoint), List.of(ofReservation), List.of(), List.of()));

    assertThat(decided.isDone()).isTrue();
    assertThat(undecided.isDone()).isFalse();
    assertThat(undecided.keepsOthersWaiting()).isFalse();
  }

  private BranchInDoubt prepare(Participant participant, Work work, String transaction) {
    var branch = new BranchXid(1, hex(transaction), hex(GONE.prefix() + 1));
    work.start(branch);
    participant.branches(system).prepare(branch);
    return new BranchInDoubt(participant.service(), branch.toString());
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }

  @Test
  void onlyOperatorsMayEndBranches() {
    InDoubtApi service = as(system.token("reservation", "payment"));
    InDoubtApi user = as(user("SERVICE"));
    InDoubtApi stranger = Apis.client(payment(), InDoubtApi.class);

    for (InDoubtApi other : List.of(service, user)) {
      assertThatThrownBy(other::list).isInstanceOf(Forbidden.class);
      assertThatThrownBy(() -> other.end("any", "any", ENDING)).isInstanceOf(Forbidden.class);
    }
    assertThatThrownBy(stranger::list).isInstanceOf(Unauthorized.class);
  }

  private String user(String role) {
    return Bearer.user(system.stack().keys(), UUID.randomUUID(), role);
  }

  private InDoubtApi as(String token) {
    return Apis.client(
        payment().defaultHeaders(headers -> headers.setBearerAuth(token)), InDoubtApi.class);
  }

  private RestClient.Builder payment() {
    return RestClient.builder().baseUrl(system.process("payment").url());
  }
}
