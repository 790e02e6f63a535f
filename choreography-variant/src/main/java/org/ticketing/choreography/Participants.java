package org.ticketing.choreography;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Service;
import org.ticketing.platform.ServiceUnavailable;

/** The participants of a payment, the payment process itself included, as operators reach them. */
@Component
@ConditionalOnHosted("payment")
class Participants {

  private final Map<String, StandingApi> participants = new LinkedHashMap<>();

  Participants(StandingController own, HttpServiceProxyRegistry clients) {
    participants.put(Service.PAYMENT.id(), own);
    for (Service other : List.of(Service.POINT, Service.RESERVATION)) {
      participants.put(other.id(), clients.getClient(other.id(), StandingApi.class));
    }
  }

  /**
   * @param given what was answered
   * @param notReached why others have not answered, a line each
   */
  record Answers<T>(List<T> given, List<String> notReached) {}

  /** Asks all of them, one after the other, the payment process first. */
  <T> Answers<T> ask(Function<StandingApi, T> question) {
    List<T> given = new ArrayList<>();
    List<String> notReached = new ArrayList<>();
    for (StandingApi participant : participants.values()) {
      try {
        given.add(question.apply(participant));
      } catch (ServiceUnavailable noAnswer) {
        notReached.add(noAnswer.getMessage());
      }
    }
    return new Answers<>(given, notReached);
  }
}
