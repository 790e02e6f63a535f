package org.ticketing.tcc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ticketing.platform.ServiceUnavailable;

/** The participants of a payment, the payment process itself included, as operators reach them. */
class Participants {

  static final String PAYMENT = PaymentAction.NAME;
  static final String POINT = "point";
  static final String RESERVATION = "reservation";

  /** Also the names of their actions. */
  static final List<String> NAMES = List.of(PAYMENT, POINT, RESERVATION);

  private final Map<String, BranchApi> participants;

  /**
   * @param participants by {@link #NAMES}
   */
  Participants(Map<String, BranchApi> participants) {
    this.participants = participants;
  }

  /**
   * @param byName what was answered
   * @param notReached why others have not answered, a line each
   */
  record Answers<T>(Map<String, T> byName, List<String> notReached) {}

  /** Asks all of them, one after the other, the payment process first. */
  <T> Answers<T> ask(Function<BranchApi, T> question) {
    Map<String, T> answers = new LinkedHashMap<>();
    List<String> notReached = new ArrayList<>();
    for (String name : NAMES) {
      try {
        answers.put(name, question.apply(participants.get(name)));
      } catch (ServiceUnavailable noAnswer) {
        notReached.add(noAnswer.getMessage());
      }
    }
    return new Answers<>(answers, notReached);
  }
}
