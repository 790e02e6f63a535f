package org.ticketing.benchmarks.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ticketing.benchmarks.crash.Customer.Asked;
import org.ticketing.benchmarks.load.Answer;
import org.ticketing.benchmarks.load.PaymentClient;
import org.ticketing.stack.JdbcAccess;

/** Compares what clients were told with what the payment database says. */
final class Truth {

  /** Connections that a crash has cut show only when they are used. */
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 500;

  private final JdbcAccess payments;

  Truth(JdbcAccess payments) {
    this.payments = payments;
  }

  /** The answers that are contradicted. One that does not tell the outcome cannot be. */
  List<String> contradictions(List<Asked> asked) {
    Map<String, String> statuses = statuses();
    List<String> found = new ArrayList<>();
    for (Asked one : asked) {
      boolean completed = "COMPLETED".equals(statuses.get(one.key()));
      if (one.answer().isFinal() && one.answer().isCompleted() != completed) {
        found.add(
            "told %s, but the payment is %s"
                .formatted(one.answer(), statuses.getOrDefault(one.key(), "not recorded")));
      }
    }
    return found;
  }

  /** Sends everything once more, with the same key. */
  List<Asked> askAgain(PaymentClient client, List<Asked> asked) throws InterruptedException {
    List<Asked> again = new ArrayList<>();
    for (Asked one : asked) {
      Answer answer = client.pay(one.payment(), one.key());
      for (int tries = 1; !answer.isFinal() && tries < TRIES; tries++) {
        Thread.sleep(PAUSE_MILLIS);
        answer = client.pay(one.payment(), one.key());
      }
      again.add(new Asked(one.payment(), one.key(), answer));
    }
    return again;
  }

  /** Asked again after everything has settled, every key must tell the outcome. */
  List<String> contradictionsAfter(List<Asked> again) {
    List<String> found = contradictions(again);
    again.stream()
        .filter(one -> !one.answer().isFinal())
        .forEach(one -> found.add("asked again, told only " + one.answer()));
    return found;
  }

  private Map<String, String> statuses() {
    try (Connection connection = payments.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT idempotency_key, status FROM payment.payment")) {
      Map<String, String> statuses = new HashMap<>();
      while (rows.next()) {
        statuses.put(rows.getString(1), rows.getString(2));
      }
      return statuses;
    } catch (SQLException failure) {
      throw new CrashException("The payments could not be read: " + failure.getMessage());
    }
  }
}
