package org.ticketing.tcc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.seata.core.model.GlobalStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.tcc.FenceRow.State;

/** What the answers of everybody together say of a transaction. */
class TccTransactionTest {

  private static final UUID PAYMENT = UUID.randomUUID();

  @ParameterizedTest
  @CsvSource({
    "Begin,                   WORKING,    NONE",
    "Committing,              COMPLETING, COMPLETE",
    "CommitRetrying,          COMPLETING, COMPLETE",
    "AsyncCommitting,         COMPLETING, COMPLETE",
    "Committed,               COMPLETED,  COMPLETE",
    "Rollbacking,             UNDOING,    UNDO",
    "RollbackRetrying,        UNDOING,    UNDO",
    "TimeoutRollbacking,      UNDOING,    UNDO",
    "TimeoutRollbackRetrying, UNDOING,    UNDO",
    "Rollbacked,              UNDONE,     UNDO",
    "TimeoutRollbacked,       UNDONE,     UNDO",
    "UnKnown,                 UNKNOWN,    UNKNOWN",
  })
  void asLongAsTheServerKnowsItItsAnswerCounts(
      GlobalStatus server, TransactionState state, Decision decision) {
    TccTransaction transaction =
        transaction(server, Status.REQUESTED, List.of(), row("payment", State.TRIED));

    assertThat(transaction.state()).isEqualTo(state);
    assertThat(transaction.decision()).isEqualTo(decision);
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusHasAMeaning(GlobalStatus server) {
    TccTransaction transaction = transaction(server, null, List.of());

    assertThat(transaction.state()).isNotNull();
    assertThat(transaction.decision()).isNotNull();
  }

  @Test
  void withoutTheServersAnswerNothingIsKnown() {
    TccTransaction transaction = transaction(null, Status.COMPLETED, List.of());

    assertThat(transaction.state()).isEqualTo(TransactionState.UNKNOWN);
    assertThat(transaction.decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(transaction.error()).contains("Seata's server");
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, TRIED,      COMPLETING, COMPLETE",
    "COMPLETED, COMMITTED,  COMPLETED,  COMPLETE",
    "FAILED,    ORPHANED,   UNDOING,    UNDO",
    "FAILED,    ROLLBACKED, UNDONE,     UNDO",
    "REQUESTED, TRIED,      UNKNOWN,    NONE",
    "REQUESTED, COMMITTED,  COMPLETING, COMPLETE",
    "         , TRIED,      UNKNOWN,    UNKNOWN",
  })
  void onceTheServerHasForgottenItTheRecordOfThePaymentCounts(
      Status recorded, State ofPoint, TransactionState state, Decision decision) {
    TccTransaction transaction =
        transaction(GlobalStatus.Finished, recorded, List.of(), row("point", ofPoint));

    assertThat(transaction.state()).isEqualTo(state);
    assertThat(transaction.decision()).isEqualTo(decision);
  }

  @Test
  void aParticipantThatDoesNotAnswerMayHaveConfirmed() {
    List<String> away = List.of("The point service cannot be reached.");

    TccTransaction undecided = transaction(GlobalStatus.Finished, Status.REQUESTED, away);
    TccTransaction completed = transaction(GlobalStatus.Finished, Status.COMPLETED, away);

    assertThat(undecided.decision()).isEqualTo(Decision.UNKNOWN);
    assertThat(completed.state()).isEqualTo(TransactionState.COMPLETING);
    assertThat(completed.error()).contains("point");
  }

  private static TccTransaction transaction(
      GlobalStatus server, Status recorded, List<String> notReached, FenceRow... rows) {
    return new TccTransaction(
        "xid",
        PAYMENT,
        Instant.EPOCH,
        server,
        recorded,
        new ArrayList<>(List.of(rows)),
        List.of(),
        notReached);
  }

  private static FenceRow row(String action, State state) {
    return new FenceRow("xid", action, PAYMENT, state, Instant.EPOCH, Instant.EPOCH, false);
  }
}
