package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.payment.SteeringRecords.Numbered;
import org.ticketing.payment.TransactionsApi.Steered;
import org.ticketing.payment.TransactionsApi.SteeringOrder;
import org.ticketing.payment.TransactionsApi.SteeringRecord;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.testing.OnRealDatabase;

/** What operators order is done, or refused, and recorded in either case. */
@OnRealDatabase.Postgresql
class SteeringTransactionsTest {

  private static final Effect POSSIBLE =
      new Effect(List.of("commit the branch of point"), false, null, false);
  private static final Effect DONE =
      new Effect(List.of("commit the branch of point"), false, null, true);
  private static final Effect HEURISTIC = new Effect(List.of("roll back"), true, null, false);

  @Autowired private SteeringRecords records;

  private final Transactions transactions = mock();
  private final UUID operator = UUID.randomUUID();
  private final String id = UUID.randomUUID().toString();
  private final TransactionKey key = new TransactionKey(UUID.fromString(id), "xid");

  @BeforeEach
  void aTransactionThatCanBeSteered() {
    when(transactions.key(id)).thenReturn(key);
    when(transactions.preview(any(), any())).thenReturn(POSSIBLE);
    when(transactions.perform(any(), any())).thenReturn(DONE);
  }

  private SteeringTransactions steering() {
    return new SteeringTransactions(transactions, records, Clock.systemUTC());
  }

  @Test
  void aSteeringIsRecordedWithWhoWhyAndWhatItDid() {
    assertThat(steering().steer(operator, order(Steering.COMPLETE, "ticket 12", false)))
        .containsExactly(new Steered(id, DONE));

    SteeringRecord recorded = last();
    assertThat(recorded.operator()).isEqualTo(operator);
    assertThat(recorded.steering()).isEqualTo(Steering.COMPLETE);
    assertThat(recorded.transaction()).isEqualTo(id);
    assertThat(recorded.reason()).isEqualTo("ticket 12");
    assertThat(recorded.heuristic()).isFalse();
    assertThat(recorded.effect()).isEqualTo(DONE);
  }

  @Test
  void itIsRecordedBeforeItIsDone() {
    when(transactions.perform(any(), any()))
        .thenAnswer(
            call -> {
              assertThat(last().transaction()).isEqualTo(id);
              assertThat(last().effect()).isNull();
              return DONE;
            });

    assertThat(steering().steer(operator, order(Steering.RETRY, null, false)))
        .containsExactly(new Steered(id, DONE));
  }

  @Test
  void whatIsRefusedIsRecordedAndNotDone() {
    Effect refused = Effect.refused("It is decided to happen.");
    when(transactions.preview(any(), any())).thenReturn(refused);

    assertThat(steering().steer(operator, order(Steering.UNDO, "why", false)))
        .containsExactly(new Steered(id, refused));

    assertThat(last().effect()).isEqualTo(refused);
    verify(transactions, never()).perform(any(), any());
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETE", "UNDO", "RELEASE"})
  void whatDecidesSomethingNeedsAReason(Steering steering) {
    for (String reason : new String[] {null, " "}) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> steering().steer(operator, order(steering, reason, false)))
          .returns(Reason.INVALID_REQUEST, Refusal::reason);
    }
    verify(transactions, never()).perform(any(), any());
  }

  @Test
  void aHeuristicDecisionHasToBeOrderedAsOne() {
    when(transactions.preview(any(), any())).thenReturn(HEURISTIC);

    Effect refused = steering().steer(operator, order(Steering.UNDO, "why", false)).get(0).effect();
    assertThat(refused.refusal()).contains("heuristic");
    verify(transactions, never()).perform(any(), any());

    assertThat(steering().steer(operator, order(Steering.UNDO, "why", true)))
        .containsExactly(new Steered(id, DONE));
    assertThat(last().heuristic()).isTrue();
  }

  @Test
  void whoGivesNoAnswerDoesNotKeepOthersFromBeingSteered() {
    String other = "another xid";
    TransactionKey otherKey = new TransactionKey(null, other);
    when(transactions.key(other)).thenReturn(otherKey);
    when(transactions.perform(Steering.RETRY, key)).thenThrow(new ServiceUnavailable("Away."));

    List<Steered> steered =
        steering()
            .steer(operator, new SteeringOrder(Steering.RETRY, List.of(id, other), null, false));

    assertThat(steered)
        .containsExactly(
            new Steered(id, new Effect(POSSIBLE.steps(), false, "Away.", false)),
            new Steered(other, DONE));
  }

  @Test
  void whatIsNotBegunInTimeIsLeft() {
    Clock late = mock();
    Instant begin = Instant.now();
    when(late.instant()).thenReturn(begin, begin.plusSeconds(21));

    List<Steered> steered =
        new SteeringTransactions(transactions, records, late)
            .steer(operator, order(Steering.RETRY, null, false));

    assertThat(steered.get(0).effect().refusal()).contains("order it again");
    verify(transactions, never()).perform(any(), any());
  }

  @Test
  void aPreviewDoesNothingAndIsNotRecorded() {
    List<Numbered> before = records.before(Long.MAX_VALUE, 1);

    assertThat(steering().preview(order(Steering.COMPLETE, null, false)))
        .containsExactly(new Steered(id, POSSIBLE));

    verify(transactions, never()).perform(any(), any());
    assertThat(records.before(Long.MAX_VALUE, 1)).isEqualTo(before);
  }

  @Test
  void recordsAreListedTheLatestFirst() {
    steering().steer(operator, order(Steering.RETRY, "one", false));
    steering().steer(operator, order(Steering.RETRY, "two", false));

    List<Numbered> two = records.before(Long.MAX_VALUE, 2);
    assertThat(two).extracting(one -> one.steering().reason()).containsExactly("two", "one");
    assertThat(records.before(two.get(0).number(), 1)).containsExactly(two.get(1));
  }

  private SteeringRecord last() {
    return records.before(Long.MAX_VALUE, 1).get(0).steering();
  }

  private SteeringOrder order(Steering steering, String reason, boolean heuristic) {
    return new SteeringOrder(steering, List.of(id), reason, heuristic);
  }
}
