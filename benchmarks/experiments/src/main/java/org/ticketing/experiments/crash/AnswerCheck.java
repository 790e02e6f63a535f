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
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.Answer;
import org.ticketing.workload.PaymentClient;

/**
 * Compares what clients were told with what the payment database says. It remembers all answers,
 * because what a client was told must stay true.
 */
final class AnswerCheck {

  /** A connection that a fault has cut fails only when it is used for the next time. */
  private static final int TRIES = 5;

  private static final long PAUSE_MILLIS = 500;

  /** The time for asking all payments again: this, and {@link #PATIENCE_FOR_EACH} for each. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration PATIENCE_FOR_EACH = Duration.ofMillis(200);

  private final JdbcAccess payments;
  private final List<AskedPayment> answered = new ArrayList<>();

  /**
   * @param payments the database of the payment service
   */
  AnswerCheck(JdbcAccess payments) {
    this.payments = payments;
  }

  /** The payment that the database has for a key. */
  record RecordedPayment(UUID id, UUID reservation, String status) {

    boolean isCompleted() {
      return "COMPLETED".equals(status);
    }
  }

  /**
   * Compares these answers and all earlier ones with the database, asks for these payments again
   * with their keys, and compares those answers as well.
   *
   * @throws CrashException if the database could not be read
   */
  Findings.Answers check(List<AskedPayment> asked, PaymentClient client)
      throws InterruptedException {
    answered.addAll(asked);
    List<String> contradictions = new ArrayList<>(contradictions());
    List<AskedPayment> again = askAgain(asked, client);
    answered.addAll(again);
    contradictions.addAll(contradictions(again));
    again.stream()
        .filter(one -> !one.answer().isFinal())
        .map(one -> "payment %s: asked again, told only %s".formatted(one.key(), one.answer()))
        .forEach(contradictions::add);
    return new Findings.Answers(again.size(), contradictions);
  }

  /**
   * Compares all answers so far with the database.
   *
   * @throws CrashException if the database could not be read
   */
  List<String> contradictions() {
    return contradictions(answered);
  }

  private List<String> contradictions(List<AskedPayment> asked) {
    Map<String, RecordedPayment> recorded = recorded();
    return asked.stream()
        .flatMap(one -> contradiction(one, Optional.ofNullable(recorded.get(one.key()))).stream())
        .toList();
  }

  /** How the database contradicts an answer. One that tells no outcome cannot be contradicted. */
  static Optional<String> contradiction(AskedPayment asked, Optional<RecordedPayment> recorded) {
    Answer answer = asked.answer();
    if (!answer.isFinal()) {
      return Optional.empty();
    }
    boolean isPaid =
        recorded.filter(RecordedPayment::isCompleted).map(RecordedPayment::reservation).stream()
            .anyMatch(asked.payment().reservationId()::equals);
    String told = "payment %s: told %s, ".formatted(asked.key(), answer);
    if (answer.isCompleted() != isPaid) {
      return Optional.of(
          told + "but is " + recorded.map(RecordedPayment::status).orElse("not recorded"));
    }
    if (answer.isCompleted() && !answer.paymentId().equals(recorded.orElseThrow().id())) {
      return Optional.of(told + "with the receipt of another payment");
    }
    if (!answer.isFailed() && !asked.payment().expected().isMetBy(answer)) {
      return Optional.of(told + "but was prepared for " + asked.payment().expected());
    }
    return Optional.empty();
  }

  private static List<AskedPayment> askAgain(List<AskedPayment> asked, PaymentClient client)
      throws InterruptedException {
    long deadline =
        System.nanoTime() + PATIENCE.plus(PATIENCE_FOR_EACH.multipliedBy(asked.size())).toNanos();
    List<AskedPayment> again = new ArrayList<>();
    for (AskedPayment one : asked) {
      again.add(new AskedPayment(one.payment(), one.key(), askAgain(one, client, deadline)));
    }
    return again;
  }

  private static Answer askAgain(AskedPayment asked, PaymentClient client, long deadline)
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

  /** All payments that were asked for with a key, by their keys. */
  private Map<String, RecordedPayment> recorded() {
    try (Connection connection = payments.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT idempotency_key, id, reservation_id, status FROM payment.payment")) {
      Map<String, RecordedPayment> recorded = new HashMap<>();
      while (rows.next()) {
        recorded.put(
            rows.getString(1),
            new RecordedPayment(
                rows.getObject(2, UUID.class), rows.getObject(3, UUID.class), rows.getString(4)));
      }
      return recorded;
    } catch (SQLException failure) {
      throw new CrashException("The payments could not be read: " + failure.getMessage());
    }
  }
}
