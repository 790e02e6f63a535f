package org.ticketing.experiments.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ticketing.experiments.crash.PayingCustomer.Asked;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PaymentClient;

/** Compares what clients were told with what the payment database says. */
final class AnswerCheck {

  /** Connections that a crash has cut show only when they are used. */
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 500;

  /** For asking all again: so long, and as much longer for each. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PATIENCE_FOR_EACH = Duration.ofMillis(200);

  private final JdbcAccess payments;

  AnswerCheck(JdbcAccess payments) {
    this.payments = payments;
  }

  /** What the database says of a key. */
  record Recorded(UUID id, UUID reservation, String status) {

    boolean isCompleted() {
      return "COMPLETED".equals(status);
    }
  }

  /**
   * The answers that are contradicted.
   *
   * @throws CrashException the payments could not be read
   */
  List<String> contradictions(List<Asked> asked) {
    Map<String, Recorded> recorded = recorded();
    return asked.stream()
        .flatMap(one -> contradiction(one, Optional.ofNullable(recorded.get(one.key()))).stream())
        .toList();
  }

  /** An answer that does not tell the outcome cannot be contradicted. */
  static Optional<String> contradiction(Asked asked, Optional<Recorded> recorded) {
    Answer answer = asked.answer();
    boolean isPaid =
        recorded.filter(Recorded::isCompleted).map(Recorded::reservation).stream()
            .anyMatch(asked.payment().reservationId()::equals);
    String told = "payment %s: told %s, ".formatted(asked.key(), answer);
    if (!answer.isFinal()) {
      return Optional.empty();
    }
    if (answer.isCompleted() != isPaid) {
      return Optional.of(told + "but is " + recorded.map(Recorded::status).orElse("not recorded"));
    }
    if (answer.isCompleted() && !answer.paymentId().equals(recorded.orElseThrow().id())) {
      return Optional.of(told + "with the receipt of another");
    }
    if (!answer.isFailed() && !asked.payment().expected().isMetBy(answer)) {
      return Optional.of(told + "but was prepared for " + asked.payment().expected());
    }
    return Optional.empty();
  }

  /** Sends everything once more, with the same key. */
  List<Asked> askAgain(PaymentClient client, List<Asked> asked) throws InterruptedException {
    long deadline =
        System.nanoTime() + PATIENCE.plus(PATIENCE_FOR_EACH.multipliedBy(asked.size())).toNanos();
    List<Asked> again = new ArrayList<>();
    for (Asked one : asked) {
      again.add(new Asked(one.payment(), one.key(), answer(client, one, deadline)));
    }
    return again;
  }

  private static Answer answer(PaymentClient client, Asked asked, long deadline)
      throws InterruptedException {
    Answer answer = Answer.unknown("nothing in time");
    for (int tries = 0; tries < TRIES && System.nanoTime() < deadline; tries++) {
      if (tries > 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
      answer = client.pay(asked.payment(), asked.key());
      if (answer.isFinal()) {
        return answer;
      }
    }
    return answer;
  }

  /** Asked again after everything has settled, every key must tell the outcome. */
  List<String> contradictionsAfter(List<Asked> again) {
    List<String> found = new ArrayList<>(contradictions(again));
    again.stream()
        .filter(one -> !one.answer().isFinal())
        .forEach(
            one ->
                found.add(
                    "payment %s: asked again, told only %s".formatted(one.key(), one.answer())));
    return found;
  }

  private Map<String, Recorded> recorded() {
    try (Connection connection = payments.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT idempotency_key, id, reservation_id, status FROM payment.payment")) {
      Map<String, Recorded> recorded = new HashMap<>();
      while (rows.next()) {
        recorded.put(
            rows.getString(1),
            new Recorded(
                rows.getObject(2, UUID.class), rows.getObject(3, UUID.class), rows.getString(4)));
      }
      return recorded;
    } catch (SQLException failure) {
      throw new CrashException("The payments could not be read: " + failure.getMessage());
    }
  }
}
