package org.ticketing.verification.audit;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.Answer;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Pay;

/**
 * Compares what clients were told of their payments with what the payment database says. It takes
 * all answers of a history, because what a client was told must stay true.
 */
public final class AnswerCheck {

  private final JdbcAccess payments;
  private final History history;

  /**
   * @param history records every answer, and may grow between checks
   */
  public AnswerCheck(SystemDatabases databases, History history) {
    this.payments = databases.payment();
    this.history = history;
  }

  /** What makes two requests one payment. */
  private record Order(UUID user, String key) {}

  /** The payment that the database has for a key. */
  record RecordedPayment(UUID user, String key, UUID id, UUID reservation, String status) {

    boolean isCompleted() {
      return status.equals("COMPLETED");
    }

    private Order order() {
      return new Order(user, key);
    }
  }

  /**
   * The answers so far that the database contradicts now, in a line each.
   *
   * @throws AuditException if the database could not be read
   */
  public List<String> contradictions() {
    // The answers come first: the database is to know at least what they tell.
    List<Pay> answers = history.operations(Pay.class).toList();
    Map<Order, RecordedPayment> recorded = recorded();
    return answers.stream()
        .flatMap(
            told ->
                contradiction(
                    told, Optional.ofNullable(recorded.get(new Order(told.user(), told.key()))))
                    .stream())
        .distinct()
        .toList();
  }

  /** How the database contradicts an answer. One that tells no outcome cannot be contradicted. */
  static Optional<String> contradiction(Pay pay, Optional<RecordedPayment> recorded) {
    Answer answer = new Answer(pay.outcome(), pay.reason(), pay.payment());
    if (!answer.isFinal()) {
      return Optional.empty();
    }
    boolean isPaid =
        recorded.filter(RecordedPayment::isCompleted).map(RecordedPayment::reservation).stream()
            .anyMatch(pay.reservation()::equals);
    String told = "payment %s: told %s, ".formatted(pay.key(), answer);
    if (answer.isCompleted() != isPaid) {
      return Optional.of(
          told + "but is " + recorded.map(RecordedPayment::status).orElse("not recorded"));
    }
    if (answer.isCompleted() && !answer.paymentId().equals(recorded.orElseThrow().id())) {
      return Optional.of(told + "with the receipt of another payment");
    }
    return Optional.empty();
  }

  private Map<Order, RecordedPayment> recorded() {
    try {
      return Books.rows(
              payments,
              "SELECT user_id, idempotency_key, id, reservation_id, status FROM payment.payment",
              row ->
                  new RecordedPayment(
                      Books.uuid(row, "user_id"),
                      row.getString("idempotency_key"),
                      Books.uuid(row, "id"),
                      Books.uuid(row, "reservation_id"),
                      row.getString("status")))
          .stream()
          .collect(Collectors.toMap(RecordedPayment::order, Function.identity()));
    } catch (SQLException failure) {
      throw AuditException.unreadable(failure);
    }
  }
}
