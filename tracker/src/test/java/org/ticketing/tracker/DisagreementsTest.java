package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.tracker.TrackedTransaction.Disagreement;

class DisagreementsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Disagreements disagreements = at(Duration.ofMinutes(10));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          COMPLETED  | COMPLETE | OPEN   | It is completed, but point still keeps it open (prepared branch, OPEN).
          COMPLETED  | COMPLETE | UNDONE | It is completed, but point has undone its part (row, UNDONE).
          UNDONE     | UNDO     | OPEN   | Nothing remains of it, but point still keeps it open (prepared branch, OPEN).
          UNDONE     | UNDO     | DONE   | Nothing remains of it, but point has done its part (row, DONE).
          COMPLETING | COMPLETE | UNDONE | It is decided to happen, but point has undone its part (row, UNDONE).
          UNKNOWN    | COMPLETE | UNDONE | It is decided to happen, but point has undone its part (row, UNDONE).
          """)
  void whatNoProtocolPassesThroughIsADisagreementAtOnce(
      TransactionState state, Decision decision, Meaning held, String sentence) {
    assertThat(between(state, decision, false, held))
        .containsExactly(new Disagreement("point", sentence));
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETING, COMPLETE, OPEN",
    "UNDOING, UNDO, OPEN",
    "UNDOING, UNDO, DONE",
  })
  void whatIsUnderWayContradictsNobodyBeforeItShouldHaveBeenOver(
      TransactionState state, Decision decision, Meaning held) {
    assertThat(between(state, decision, false, held)).isEmpty();
    assertThat(between(state, decision, true, held)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, COMPLETE, DONE",
    "UNDONE, UNDO, UNDONE",
    "COMPLETING, COMPLETE, DONE",
    "UNDOING, UNDO, UNDONE",
    "WORKING, NONE, OPEN",
    "WORKING, NONE, DONE",
    "PREPARING, NONE, OPEN",
  })
  void whatFitsIsNoneHoweverOldItIs(TransactionState state, Decision decision, Meaning held) {
    assertThat(between(state, decision, true, held)).isEmpty();
  }

  @Test
  void whatNobodyKnowsIsAnOrphanWhenItIsOlderThanAPaymentCanBe() {
    List<Holding> open = List.of(Invented.holding("point", Meaning.OPEN));

    assertThat(at(PATIENCE.minusSeconds(1)).between(null, true, open)).isEmpty();
    assertThat(at(PATIENCE.plusSeconds(1)).between(null, true, open))
        .containsExactly(
            new Disagreement(
                "point",
                "Neither the payment service nor its engine knows it, but point keeps it open: an"
                    + " orphan (prepared branch, OPEN)."));
  }

  @Test
  void anOrphanOfUnknownAgeIsShown() {
    Holding open = new Holding("point", "prepared branch", null, Meaning.OPEN, null, List.of());

    assertThat(disagreements.between(null, true, List.of(open)))
        .extracting(Disagreement::text)
        .containsExactly(
            "Neither the payment service nor its engine knows it, but point keeps it open: an"
                + " orphan (prepared branch).");
  }

  @Test
  void participantsMayNotPartWaysWhenNobodyKnowsTheDecision() {
    List<Holding> parted =
        List.of(
            Invented.holding("payment", Meaning.DONE),
            Invented.holding("reservation", Meaning.DONE),
            Invented.holding("point", Meaning.UNDONE));

    assertThat(disagreements.between(null, false, parted))
        .containsExactly(
            new Disagreement(
                "point",
                "It is done by payment and reservation and undone by point, and the payment service"
                    + " gave no answer."));
    assertThat(
            disagreements.between(
                detail(TransactionState.UNKNOWN, Decision.UNKNOWN, false), false, parted))
        .hasSize(1);
    assertThat(
            disagreements.between(
                detail(TransactionState.UNDOING, Decision.UNDO, false), false, parted))
        .isEmpty();
  }

  /** Such as a use of points and its refund. */
  @Test
  void oneParticipantMayHaveDoneAndUndoneItsPart() {
    assertThat(
            disagreements.between(
                null,
                false,
                List.of(
                    Invented.holding("point", Meaning.DONE),
                    Invented.holding("point", Meaning.UNDONE))))
        .isEmpty();
  }

  @Test
  void theRecordCountsWhereTheEngineHasForgottenWhatIsOver() {
    TransactionSummary over = Invented.completed(1);
    TransactionDetail forgotten =
        new TransactionDetail(over, "xa", "18s", Decision.COMPLETE, null, Map.of());

    assertThat(
            disagreements.between(
                forgotten, false, List.of(Invented.holding("point", Meaning.UNDONE))))
        .hasSize(1);
  }

  private List<Disagreement> between(
      TransactionState state, Decision decision, boolean stuck, Meaning held) {
    return disagreements.between(
        detail(state, decision, stuck), false, List.of(Invented.holding("point", held)));
  }

  private static TransactionDetail detail(
      TransactionState state, Decision decision, boolean stuck) {
    TransactionSummary like = Invented.completed(1);
    return Invented.detail(
        new TransactionSummary(
            like.payment(),
            like.xid(),
            state,
            like.user(),
            like.reservation(),
            like.key(),
            like.amount(),
            null,
            null,
            like.startedAt(),
            state.isFinal() ? like.endedAt() : null,
            stuck),
        decision);
  }

  /** So long after the begin of what is invented. */
  private static Disagreements at(Duration age) {
    return new Disagreements(PATIENCE, Clock.fixed(Invented.BEGUN.plus(age), ZoneOffset.UTC));
  }
}
