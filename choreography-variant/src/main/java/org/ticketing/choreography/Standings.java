package org.ticketing.choreography;

import static java.util.stream.Collectors.groupingBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.choreography.Participants.Answers;
import org.ticketing.choreography.StandingApi.ParkedView;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;

/** Where payments stand, put together from the record of payments and what participants hold. */
@Component
@ConditionalOnHosted("payment")
class Standings {

  /** Clocks of processes may differ. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final PaymentParticipant payments;
  private final Undoings undoings;
  private final Participants participants;
  private final Clock clock;

  Standings(
      PaymentParticipant payments, Undoings undoings, Participants participants, Clock clock) {
    this.payments = payments;
    this.undoings = undoings;
    this.participants = participants;
    this.clock = clock;
  }

  /**
   * @param notReached who has not answered, a line each
   */
  record Unfinished(List<Standing> payments, List<String> notReached) {}

  /** Those that have not ended, or that are still to be undone; the oldest first. */
  Unfinished unfinished(int limit) {
    Answers<List<ParkedView>> answers = participants.ask(each -> each.parked(limit));
    Map<UUID, List<ParkedView>> parked =
        answers.given().stream()
            .flatMap(Collection::stream)
            .collect(groupingBy(ParkedView::paymentId));
    Set<UUID> undoing = undoings.find(limit);
    Map<UUID, PaymentView> found = new LinkedHashMap<>();
    payments
        .requestedBefore(clock.instant().plus(AHEAD), limit)
        .forEach(payment -> found.put(payment.id(), payment));
    undoing.forEach(id -> payments.find(id).ifPresent(payment -> found.put(id, payment)));
    List<Standing> unfinished = new ArrayList<>();
    found.forEach(
        (id, payment) ->
            unfinished.add(
                new Standing(payment, undoing.contains(id), parked.getOrDefault(id, List.of()))));
    unfinished.removeIf(payment -> payment.state().isFinal());
    unfinished.sort((one, other) -> one.begunAt().compareTo(other.begunAt()));
    return new Unfinished(
        unfinished.subList(0, Math.min(limit, unfinished.size())), answers.notReached());
  }

  /**
   * Empty if there is no record of it, or if it was accepted and waits for its first attempt, so
   * that nobody was told of it yet. Who does not answer has parked nothing, as far as is known.
   */
  Optional<Standing> find(UUID id) {
    return payments
        .find(id)
        .filter(payment -> payment.status() != Status.REQUESTED || payment.amount() != null)
        .map(
            payment ->
                new Standing(
                    payment,
                    undoings.has(id),
                    participants.ask(each -> each.parked(id)).given().stream()
                        .flatMap(Collection::stream)
                        .toList()));
  }
}
