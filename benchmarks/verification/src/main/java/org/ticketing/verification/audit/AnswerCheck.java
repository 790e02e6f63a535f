package org.ticketing.verification.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.workload.Answer;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Pay;

/**
 * Compares what clients were told of their payments with what the payment database says. It takes
 * all answers of a history, because what a client was told must stay true.
 */
public final class AnswerCheck {

  /** Also what a service answers that takes no more requests: nothing is recorded of these. */
  private static final String UNAVAILABLE = "service-unavailable";

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

  /**
   * The payment that the database has for a key.
   *
   * @param reason why it has FAILED, else null
   */
  record RecordedPayment(
      UUID user, String key, UUID id, UUID reservation, String status, String reason) {

    boolean isCompleted() {
      return status.equals("COMPLETED");
    }

    private Order order() {
      return new Order(user, key);
    }

    private String inWords() {
      return reason == null ? status : "%s (%s)".formatted(status, reason);
    }
  }

  /**
   * What differs now between the answers so far and the database, in a line each: answers that the
   * database denies, keys with more than one payment, and completed payments that no customer of
   * the history asked for. A payment counts as asked for once its request is recorded, so no client
   * may wait for an answer meanwhile.
   *
   * @throws AuditException if the database could not be read
   */
  public List<String> contradictions() {
    // The answers come first: the database is to know at least what they tell.
    List<Pay> answers = history.operations(Pay.class).toList();
    Map<Order, List<RecordedPayment>> recorded =
        recorded().stream().collect(groupingBy(RecordedPayment::order));
    return Stream.concat(
            answers.stream().flatMap(told -> contradictions(told, recorded)),
            unasked(recorded.values()))
        .distinct()
        .toList();
  }

  private static Stream<String> contradictions(
      Pay told, Map<Order, List<RecordedPayment>> recorded) {
    List<RecordedPayment> payments =
        recorded.getOrDefault(new Order(told.user(), told.key()), List.of());
    return payments.size() > 1
        ? Stream.of("payment %s: is recorded %d times".formatted(told.key(), payments.size()))
        : contradiction(told, payments.stream().findFirst()).stream();
  }

  /** Of customers of whom the history knows every payment. */
  private Stream<String> unasked(Collection<List<RecordedPayment>> recorded) {
    Set<Order> asked =
        history.operations(Pay.class).map(pay -> new Order(pay.user(), pay.key())).collect(toSet());
    Set<UUID> users = asked.stream().map(Order::user).collect(toSet());
    return recorded.stream()
        .flatMap(List::stream)
        .filter(RecordedPayment::isCompleted)
        .filter(payment -> users.contains(payment.user()) && !asked.contains(payment.order()))
        .map(
            payment ->
                "payment %s: is COMPLETED, but nobody asked for it".formatted(payment.key()));
  }

  /** How the database contradicts an answer. One that tells no outcome cannot be contradicted. */
  static Optional<String> contradiction(Pay pay, Optional<RecordedPayment> recorded) {
    Answer answer = new Answer(pay.outcome(), pay.reason(), pay.payment());
    if (!answer.isFinal()) {
      return lostAcceptance(pay, recorded);
    }
    boolean isPaid =
        recorded.filter(RecordedPayment::isCompleted).map(RecordedPayment::reservation).stream()
            .anyMatch(pay.reservation()::equals);
    String told = "payment %s: told %s, ".formatted(pay.key(), answer);
    String isRecorded = recorded.map(RecordedPayment::inWords).orElse("not recorded");
    if (answer.isCompleted() != isPaid) {
      return Optional.of(told + "but is " + isRecorded);
    }
    if (answer.isCompleted() && !answer.paymentId().equals(recorded.orElseThrow().id())) {
      return Optional.of(told + "with the receipt of another payment");
    }
    // Why a payment came to nothing is told as it is recorded, and stays so.
    if (pay.cameToNothing()
        && !UNAVAILABLE.equals(pay.reason())
        && recorded.filter(one -> pay.reason().equals(one.reason())).isEmpty()) {
      return Optional.of(told + "but is " + isRecorded);
    }
    return Optional.empty();
  }

  /** Nobody knows yet what became of an accepted payment, but it is recorded. */
  private static Optional<String> lostAcceptance(Pay pay, Optional<RecordedPayment> recorded) {
    boolean isLost =
        Pay.ACCEPTED.equals(pay.reason())
            && recorded.filter(one -> one.id().equals(pay.payment())).isEmpty();
    return isLost
        ? Optional.of("payment %s: was accepted, but is not recorded".formatted(pay.key()))
        : Optional.empty();
  }

  private List<RecordedPayment> recorded() {
    try {
      return Books.rows(
          payments,
          """
          SELECT user_id, idempotency_key, id, reservation_id, status, failure_reason
          FROM payment.payment""",
          row ->
              new RecordedPayment(
                  Books.uuid(row, "user_id"),
                  row.getString("idempotency_key"),
                  Books.uuid(row, "id"),
                  Books.uuid(row, "reservation_id"),
                  row.getString("status"),
                  row.getString("failure_reason")));
    } catch (SQLException failure) {
      throw AuditException.unreadable(failure);
    }
  }
}
