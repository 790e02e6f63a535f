package org.ticketing.queue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.testing.OnRealDatabase;

/** Tests what the database itself forbids. */
@OnRealDatabase.Postgresql
class QueueTableTest {

  @Autowired private JdbcClient jdbc;

  private final UUID schedule = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();

  @BeforeEach
  void oneIsActive() {
    jdbc.sql("INSERT INTO queue VALUES (?, 1, 1)").param(schedule).update();
    insert(user, 1, "ACTIVE", "now() + interval '1 hour'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another | 1 | WAITING | NULL  | one_token_a_number
          same    | 2 | WAITING | NULL  | one_live_token_a_user
          same    | 2 | ACTIVE  | now() | one_live_token_a_user
          another | 2 | WAITING | now() | active_once_admitted
          another | 2 | ACTIVE  | NULL  | active_once_admitted
          another | 2 | EXPIRED | NULL  | active_once_admitted
          another | 0 | WAITING | NULL  | queue_token_number_check
          another | 2 | LOST    | NULL  | queue_token_status_check
          """)
  void aTokenAgainstTheRulesIsRefused(
      String holder, int number, String status, String activeUntil, String rule) {
    UUID holderId = holder.equals("same") ? user : UUID.randomUUID();
    assertThatThrownBy(() -> insert(holderId, number, status, activeUntil))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining(rule);
  }

  @ParameterizedTest
  @CsvSource({"2", "-1"})
  void noNumberIsAdmittedThatWasNotGivenOut(int admittedNumber) {
    assertThatThrownBy(
            () ->
                jdbc.sql("UPDATE queue SET admitted_number = ? WHERE schedule_id = ?")
                    .param(admittedNumber)
                    .param(schedule)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("admitted_in_order");
  }

  private void insert(UUID userId, int number, String status, String activeUntil) {
    jdbc.sql(
            """
            INSERT INTO queue_token VALUES (gen_random_uuid(), ?, ?, ?, ?, now(), %s, 0)"""
                .formatted(activeUntil))
        .param(schedule)
        .param(userId)
        .param(number)
        .param(status)
        .update();
  }
}
