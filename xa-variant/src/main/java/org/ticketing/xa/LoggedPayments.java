package org.ticketing.xa;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which payment a transaction belongs to, by the log of transactions. It does not know those whose
 * process died before it wrote them down. Where the log gives no answer, it knows none.
 */
class LoggedPayments {

  private static final Logger log = LoggerFactory.getLogger(LoggedPayments.class);

  private final JdbcClient jdbc;

  LoggedPayments(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the payments of these transactions, as far as they are known. */
  Map<String, UUID> of(Collection<String> transactions) {
    Map<String, UUID> payments = new HashMap<>();
    if (transactions.isEmpty()) {
      return payments;
    }
    try {
      jdbc.sql(
              """
              SELECT DISTINCT xid, payment_id FROM transaction_log
              WHERE xid IN (:transactions) AND payment_id IS NOT NULL""")
          .param("transactions", transactions)
          .query(
              row -> {
                payments.put(row.getString("xid"), row.getObject("payment_id", UUID.class));
              });
    } catch (DataAccessException noAnswer) {
      log.debug("The payments of transactions cannot be read", noAnswer);
    }
    return payments;
  }

  /** Returns the transaction of a payment, if it is known. */
  Optional<String> transactionOf(UUID payment) {
    try {
      return jdbc.sql(
              """
              SELECT xid FROM transaction_log WHERE payment_id = :payment AND xid IS NOT NULL
              LIMIT 1""")
          .param("payment", payment)
          .query(String.class)
          .optional();
    } catch (DataAccessException noAnswer) {
      log.debug("The transaction of payment {} cannot be read", payment, noAnswer);
      return Optional.empty();
    }
  }
}
