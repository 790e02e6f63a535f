package org.ticketing.payment;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.RecordedPayments.Recorded;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.LogTable;
import org.ticketing.platform.tracking.LogTable.Begun;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionEngine;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.platform.tracking.TransactionState;

/**
 * The global transactions of payments. What is true of one is put together out of the record of
 * payments, what the engine knows, and, of those that neither has yet, their begin in the log. A
 * transaction that has only that, and is overdue, was that of a process that died: nothing remains
 * of it, because whatever would remain is recorded or known to the engine.
 */
@Component
class Transactions {

  /** How many that are not finished are looked at; a system with more has other worries. */
  private static final int MOST_UNFINISHED = 1000;

  /** How long the list shows that something has begun of which nothing remains. */
  private static final Duration SHOWN = Duration.ofMinutes(5);

  /**
   * Those that are not finished, and those that have come to nothing unrecorded.
   *
   * @param views of the engine, by payment
   * @param notReached who did not answer, a line each
   */
  record Unfinished(
      List<TransactionSummary> transactions,
      Map<UUID, EngineView> views,
      List<String> notReached) {}

  private final RecordedPayments payments;
  private final PaymentProtocol protocol;
  private final TransactionEngine engine;
  private final LogTable log;
  private final Clock clock;

  Transactions(
      RecordedPayments payments,
      PaymentProtocol protocol,
      ObjectProvider<TransactionEngine> engine,
      LogTable log,
      Clock clock) {
    this.payments = payments;
    this.protocol = protocol;
    this.engine = engine.getIfAvailable(() -> new NoEngine(protocol));
    this.log = log;
    this.clock = clock;
  }

  /** The next of those that the filter shows, after a place; null for the first. */
  TransactionPage list(TransactionFilter filter, Place after, int size) {
    Unfinished unfinished = unfinished(filter.payment());
    Stream<TransactionSummary> recorded =
        filter.show().isOfUnfinished() ? Stream.empty() : recorded(filter, after, size, unfinished);
    Set<UUID> shown = new HashSet<>();
    List<TransactionSummary> found =
        Stream.concat(
                recorded,
                unfinished.transactions().stream()
                    .filter(transaction -> filter.shows(transaction, clock.instant()))
                    .filter(transaction -> Place.of(transaction).isAfter(after)))
            .filter(one -> one.payment() == null || shown.add(one.payment()))
            .sorted(Comparator.comparing(Place::of))
            .limit(size + 1L)
            .toList();
    List<TransactionSummary> page = found.subList(0, Math.min(size, found.size()));
    return new TransactionPage(
        engine.protocol(),
        page,
        found.size() > size ? Place.of(page.get(size - 1)).cursor() : null,
        unfinished.notReached());
  }

  private Stream<TransactionSummary> recorded(
      TransactionFilter filter, Place after, int size, Unfinished unfinished) {
    TransactionFilter byPayment = filter;
    if (filter.xid() != null && filter.payment() == null) {
      UUID payment = log.paymentsOf(List.of(filter.xid())).get(filter.xid());
      if (payment == null) {
        return Stream.empty();
      }
      byPayment = filter.of(payment);
    }
    return summaries(payments.list(byPayment, after, size + 1), unfinished.views()).stream();
  }

  /** All that are not finished. */
  Unfinished unfinished() {
    return unfinished(null);
  }

  /**
   * @param wanted a payment that is to be among them even if it has come to nothing long ago; or
   *     null
   */
  private Unfinished unfinished(UUID wanted) {
    List<String> notReached = new ArrayList<>();
    List<EngineView> views = views(notReached);
    Map<UUID, EngineView> byPayment =
        views.stream()
            .filter(view -> view.transaction().payment() != null)
            .collect(toMap(view -> view.transaction().payment(), view -> view, (one, same) -> one));
    List<Begun> begun = begun(wanted);
    List<Recorded> requested = payments.requested(MOST_UNFINISHED);
    Set<UUID> others = new HashSet<>(byPayment.keySet());
    begun.forEach(one -> others.add(one.payment()));
    requested.forEach(one -> others.remove(one.id()));
    Map<UUID, Recorded> recorded = new LinkedHashMap<>();
    Stream.concat(requested.stream(), payments.findAll(others).stream())
        .forEach(one -> recorded.put(one.id(), one));

    List<TransactionSummary> found =
        new ArrayList<>(
            summaries(
                recorded.values().stream()
                    .filter(one -> one.finishedAt() == null || byPayment.containsKey(one.id()))
                    .toList(),
                byPayment));
    views.stream()
        .filter(view -> !recorded.containsKey(view.transaction().payment()))
        .forEach(view -> found.add(summary(view)));
    begun.stream()
        .filter(one -> !recorded.containsKey(one.payment()))
        .filter(one -> !byPayment.containsKey(one.payment()))
        .forEach(one -> found.add(summary(one, !notReached.isEmpty())));
    return new Unfinished(found, byPayment, notReached);
  }

  /** With their payments, as far as the log knows those that the engine does not know. */
  private List<EngineView> views(List<String> notReached) {
    List<EngineView> views;
    try {
      views = engine.unfinished(MOST_UNFINISHED);
      notReached.addAll(engine.notReached());
    } catch (ServiceUnavailable silent) {
      notReached.add(silent.getMessage());
      return List.of();
    }
    Map<String, UUID> known =
        log.paymentsOf(
            views.stream()
                .map(EngineView::transaction)
                .filter(transaction -> transaction.payment() == null)
                .map(TransactionKey::xid)
                .toList());
    return views.stream()
        .map(
            view ->
                view.transaction().payment() == null
                    ? with(known.get(view.transaction().xid()), view)
                    : view)
        .toList();
  }

  private static EngineView with(UUID payment, EngineView view) {
    return new EngineView(
        new TransactionKey(payment, view.transaction().xid()),
        view.state(),
        view.decision(),
        view.since(),
        view.owner(),
        view.repetitions(),
        view.error(),
        view.suspended(),
        view.next());
  }

  private List<Begun> begun(UUID wanted) {
    Instant since = clock.instant().minus(SHOWN);
    Map<UUID, Begun> begun = new LinkedHashMap<>();
    log.begunSince(since, MOST_UNFINISHED).forEach(one -> begun.put(one.payment(), one));
    if (wanted != null) {
      log.begun(wanted).ifPresent(one -> begun.put(wanted, one));
    }
    return List.copyOf(begun.values());
  }

  private List<TransactionSummary> summaries(
      Collection<Recorded> recorded, Map<UUID, EngineView> views) {
    Set<UUID> completed =
        recorded.stream()
            .filter(one -> one.payment().is(Status.COMPLETED))
            .map(Recorded::id)
            .collect(toSet());
    Set<UUID> lasting = completed.isEmpty() ? completed : protocol.finalOf(completed);
    Map<UUID, String> xids = log.xidsOf(recorded.stream().map(Recorded::id).toList());
    return recorded.stream()
        .map(one -> summary(one, views.get(one.id()), lasting.contains(one.id()), xids))
        .toList();
  }

  private TransactionSummary summary(
      Recorded recorded, EngineView view, boolean lasting, Map<UUID, String> xids) {
    Payment payment = recorded.payment();
    TransactionState state = state(payment, view, lasting);
    String xid =
        view == null || view.transaction().xid() == null
            ? xids.get(payment.id())
            : view.transaction().xid();
    return new TransactionSummary(
        payment.id(),
        xid,
        state,
        payment.userId(),
        payment.reservationId(),
        recorded.key(),
        payment.amount(),
        outcome(payment, lasting),
        payment.refusal() == null ? null : payment.refusal().reason().id(),
        payment.requestedAt(),
        state.isFinal() ? recorded.finishedAt() : null,
        isStuck(state, payment.requestedAt()) && (view != null || !payment.isWaiting()));
  }

  /** The record is final once the engine has finished, too. */
  private TransactionState state(Payment payment, EngineView view, boolean lasting) {
    boolean finished = view == null || view.state().isFinal();
    boolean undecided = view != null && view.decision() == Decision.NONE;
    return switch (payment.status()) {
      case REQUESTED ->
          view != null
              ? view.state()
              : isOverdue(payment.requestedAt()) && !payment.isWaiting()
                  ? TransactionState.UNKNOWN
                  : TransactionState.WORKING;
      case COMPLETED ->
          finished || undecided
              ? lasting ? TransactionState.COMPLETED : TransactionState.COMPLETING
              : view.state();
      case FAILED ->
          finished ? TransactionState.UNDONE : undecided ? TransactionState.UNDOING : view.state();
    };
  }

  private static String outcome(Payment payment, boolean lasting) {
    return switch (payment.status()) {
      case REQUESTED -> null;
      case COMPLETED -> lasting ? Outcome.COMPLETED.toString() : null;
      case FAILED -> Outcome.of(payment.refusal().reason()).toString();
    };
  }

  /** Of what only the engine knows. */
  private TransactionSummary summary(EngineView view) {
    return unrecorded(
        view.transaction(), view.state(), view.since(), null, isStuck(view.state(), view.since()));
  }

  /**
   * Of what only the log knows.
   *
   * @param silent whether the engine could not be asked
   */
  private TransactionSummary summary(Begun begun, boolean silent) {
    TransactionState state =
        !isOverdue(begun.at())
            ? TransactionState.WORKING
            : silent ? TransactionState.UNKNOWN : TransactionState.UNDONE;
    return unrecorded(
        new TransactionKey(begun.payment(), begun.xid()),
        state,
        begun.at(),
        PaymentLog.order(begun.cause()).orElse(null),
        isStuck(state, begun.at()));
  }

  private static TransactionSummary unrecorded(
      TransactionKey transaction,
      TransactionState state,
      Instant startedAt,
      Order order,
      boolean stuck) {
    boolean undone = state == TransactionState.UNDONE;
    return new TransactionSummary(
        transaction.payment(),
        transaction.xid(),
        state,
        order == null ? null : order.userId(),
        order == null ? null : order.reservationId(),
        order == null ? null : order.key(),
        null,
        undone ? Outcome.FAILED.toString() : null,
        undone ? Reason.PAYMENT_CANCELLED.id() : null,
        startedAt,
        null,
        stuck);
  }

  private boolean isStuck(TransactionState state, Instant startedAt) {
    return !state.isFinal() && isOverdue(startedAt);
  }

  private boolean isOverdue(Instant startedAt) {
    return startedAt != null && startedAt.plus(engine.overdueAfter()).isBefore(clock.instant());
  }

  /**
   * What the engine is asked by: both parts of the key, as far as they are known.
   *
   * @param id of a payment, or an Xid
   */
  TransactionKey key(String id) {
    try {
      return log.completed(new TransactionKey(UUID.fromString(id), null));
    } catch (IllegalArgumentException noPayment) {
      return log.completed(new TransactionKey(null, id));
    }
  }

  TransactionDetail find(String id) {
    TransactionKey key = key(id);
    EngineView view = null;
    boolean silent = false;
    try {
      view = engine.find(key).orElse(null);
    } catch (ServiceUnavailable failure) {
      silent = true;
    }
    if (view != null) {
      key = completed(key, view.transaction());
    }
    TransactionSummary summary =
        summary(key, view, silent)
            .orElseThrow(
                () ->
                    new Refusal(Reason.UNKNOWN_TRANSACTION, "There is no transaction " + id + "."));
    return new TransactionDetail(
        summary,
        engine.protocol(),
        engine.patience(),
        decision(summary, view, silent),
        view,
        possible(key));
  }

  private static TransactionKey completed(TransactionKey key, TransactionKey known) {
    return new TransactionKey(
        key.payment() == null ? known.payment() : key.payment(),
        key.xid() == null ? known.xid() : key.xid());
  }

  private Optional<TransactionSummary> summary(
      TransactionKey key, EngineView view, boolean silent) {
    Map<UUID, EngineView> views = new HashMap<>();
    Optional<Recorded> recorded = Optional.empty();
    Optional<Begun> begun = Optional.empty();
    if (key.payment() != null) {
      recorded = payments.find(key.payment());
      begun = log.begun(key.payment());
      if (view != null) {
        views.put(key.payment(), view);
      }
    }
    if (recorded.isPresent()) {
      return summaries(List.of(recorded.get()), views).stream().findFirst();
    }
    return view != null
        ? Optional.of(summary(with(key.payment(), view)))
        : begun.map(one -> summary(one, silent));
  }

  private static Decision decision(TransactionSummary summary, EngineView view, boolean silent) {
    if (view != null) {
      return view.decision();
    }
    return switch (summary.state()) {
      case COMPLETED -> Decision.COMPLETE;
      case UNDONE -> Decision.UNDO;
      default -> silent ? Decision.UNKNOWN : Decision.NONE;
    };
  }

  private Map<Steering, Effect> possible(TransactionKey key) {
    Map<Steering, Effect> possible = new EnumMap<>(Steering.class);
    for (Steering steering : Steering.values()) {
      possible.put(steering, preview(steering, key));
    }
    return possible;
  }

  /** What a steering would do; that the engine cannot be asked is a refusal of it. */
  Effect preview(Steering steering, TransactionKey key) {
    try {
      return engine.preview(steering, key);
    } catch (ServiceUnavailable silent) {
      return Effect.refused(silent.getMessage());
    }
  }

  /**
   * @throws ServiceUnavailable the engine, or whom it has to ask, gives no answer
   */
  Effect perform(Steering steering, TransactionKey key) {
    return engine.perform(steering, key);
  }
}
