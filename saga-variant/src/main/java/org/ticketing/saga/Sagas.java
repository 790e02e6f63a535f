package org.ticketing.saga;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;

/** The log of sagas, as far as others than the engine read it: see {@code V1__saga_log.sql}. */
@Component
@ConditionalOnHosted("payment")
class Sagas {

  private final JdbcClient log;

  Sagas(JdbcClient log) {
    this.log = log;
  }

  /** Whether the saga of the payment has begun. */
  boolean hasBegun(UUID paymentId) {
    return log.sql("SELECT EXISTS (SELECT 1 FROM seata_state_machine_inst WHERE business_key = ?)")
        .param(paymentId.toString())
        .query(Boolean.class)
        .single();
  }

  /** Those of the payments whose sagas have succeeded and will not be compensated. */
  Set<UUID> succeeded(Set<UUID> payments) {
    return log.sql(
            """
            SELECT business_key FROM seata_state_machine_inst
            WHERE business_key IN (:payments)
              AND status = 'SU' AND is_running IS NOT TRUE AND compensation_status IS NULL""")
        .param("payments", payments.stream().map(UUID::toString).toList())
        .query((row, number) -> UUID.fromString(row.getString("business_key")))
        .set();
  }

  /**
   * The Xids of sagas that have neither succeeded nor been compensated, and in which nothing has
   * happened since then; a hundred at most, the oldest first.
   */
  List<String> unfinishedSince(Instant then) {
    return log.sql(
            """
            SELECT id FROM seata_state_machine_inst
            WHERE (is_running OR compensation_status <> 'SU'
                OR status = 'UN' AND compensation_status IS NULL)
              AND gmt_updated < ?
            ORDER BY gmt_updated LIMIT 100""")
        .param(Timestamp.from(then))
        .query(String.class)
        .list();
  }
}
