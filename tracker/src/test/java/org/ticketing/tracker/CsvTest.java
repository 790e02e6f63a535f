package org.ticketing.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.payment.TransactionsApi.SteeringRecord;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.Steering;

class CsvTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  @Test
  void transactionsHaveColumnsThatStay() {
    String csv = Csv.of(new TransactionPage("xa", List.of(Invented.completed(1)), null, List.of()));

    assertThat(csv)
        .isEqualTo(
            "protocol,payment,xid,state,user,reservation,key,amount,outcome,reason,startedAt,"
                + "endedAt,stuck\r\n"
                + "xa,%s,payment-1.1,COMPLETED,%s,%s,key-1,120,completed,,"
                    .formatted(Invented.id(1), Invented.id(100_001), Invented.id(200_001))
                + "2025-11-26T10:00:01.000250Z,2025-11-26T10:00:01.080250Z,false\r\n");
  }

  @Test
  void theLogAndTheSteeringsHaveColumnsThatStay() {
    assertThat(Csv.LOG.of(List.of()))
        .isEqualTo(
            "at,service,instance,payment,xid,from,to,phase,participant,micros,cause,failed\r\n");
    assertThat(Csv.STEERINGS.of(List.of()))
        .isEqualTo("at,operator,steering,transaction,reason,heuristic,steps,refusal,finished\r\n");
  }

  @Test
  void whatHasCommasQuotesOrLinesIsQuoted() {
    assertThat(lineFor("he said \"now\", twice\r\nand left"))
        .isEqualTo(
            "2026-11-26T12:00:00Z,,RETRY,t,\"he said \"\"now\"\", twice\r\nand left\",false,"
                + "commit; forget,,true\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void noTextIsAFormula(String text) {
    assertThat(lineFor(text)).contains(",t,'" + text + ",false");
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    assertThat(
            Csv.STEERINGS.of(
                List.of(new SteeringRecord(NOON, null, Steering.UNDO, "t", null, true, null))))
        .endsWith("\r\n2026-11-26T12:00:00Z,,UNDO,t,,true,,,\r\n");
  }

  private static String lineFor(String reason) {
    String csv =
        Csv.STEERINGS.of(
            List.of(
                new SteeringRecord(
                    NOON,
                    null,
                    Steering.RETRY,
                    "t",
                    reason,
                    false,
                    new Effect(List.of("commit", "forget"), false, null, true))));
    return csv.substring(csv.indexOf("\r\n") + 2);
  }
}
