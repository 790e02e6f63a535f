package org.ticketing.choreography;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import org.ticketing.choreography.Inbox.AlreadyReacted;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Phases;
import org.ticketing.platform.Refusal;

/**
 * Where events come in, whatever carries them. The service's reaction, the record that it has
 * reacted, and what it tells the others in turn are one local transaction.
 *
 * <p>An event at which the reaction fails again and again is parked, so that the carrier goes on
 * with others. What fails because the database is away or busy is not the event's fault, and is not
 * counted.
 */
@Component
class Reception {

  private static final Logger log = LoggerFactory.getLogger(Reception.class);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final int MOST_COUNTED = 10_000;
  private static final Duration COUNTED_FOR = Duration.ofMinutes(10);

  private record Key(UUID payment, String kind, String reader) {}

  private final Map<String, Reactions> reactions;
  private final Inbox inbox;
  private final Publication publication;
  private final ParkedEvents parked;
  private final TransactionOperations transactions;
  private final Phases phases;
  private final int attempts;

  /** Of the few at which the reaction has failed in this process. */
  private final Cache<Key, Integer> failures =
      Caffeine.newBuilder().maximumSize(MOST_COUNTED).expireAfterWrite(COUNTED_FOR).build();

  Reception(
      List<Reactions> reactions,
      Inbox inbox,
      Publication publication,
      ParkedEvents parked,
      TransactionOperations transactions,
      Phases phases,
      ChoreographySettings settings) {
    this.reactions = reactions.stream().collect(toMap(each -> each.reader().id(), each -> each));
    this.inbox = inbox;
    this.publication = publication;
    this.parked = parked;
    this.transactions = transactions;
    this.phases = phases;
    this.attempts = settings.attempts();
  }

  /**
   * Reacts to an event, unless that has been done before, or parks it. When this returns, the event
   * may be acknowledged.
   *
   * @throws RuntimeException it has to come again
   */
  void receive(PaymentEvent event) {
    Key key = new Key(event.paymentId(), event.kind(), event.reader());
    try {
      reactOrFail(event);
    } catch (RuntimeException failure) {
      if (isOfDatabase(failure) || failuresOf(key) < attempts) {
        throw failure;
      }
      parked.add(event, failure.toString());
      log.error("{} is parked after {} attempts", event, attempts, failure);
    }
    failures.invalidate(key);
  }

  /**
   * An error of the reaction is a failure as any other, and must not end the thread of a reader.
   */
  private void reactOrFail(PaymentEvent event) {
    try {
      react(event);
    } catch (LinkageError | StackOverflowError | AssertionError broken) {
      throw new IllegalStateException(broken);
    }
  }

  private int failuresOf(Key key) {
    return failures.asMap().merge(key, 1, Integer::sum);
  }

  /**
   * Reacts to an event, unless that has been done before.
   *
   * @throws RuntimeException it could not; nothing was changed
   */
  void react(PaymentEvent event) {
    try (LogField.Scope payment = LogField.PAYMENT.during(event.paymentId())) {
      Reactions reaction = reactionTo(event);
      try {
        phases.callIn(
            event.trace(),
            event.knownKind().phase(),
            event.reader(),
            () -> {
              record(event, () -> reaction.to(event));
              return null;
            });
      } catch (Refusal refusal) {
        record(event, () -> reaction.refused(event, refusal));
      }
    } catch (AlreadyReacted before) {
      log.debug("{} has come before", event);
    }
  }

  private Reactions reactionTo(PaymentEvent event) {
    Reactions reaction = reactions.get(event.reader());
    if (reaction == null) {
      throw new IllegalArgumentException("this process is not the " + event.reader() + " service");
    }
    return reaction;
  }

  private interface Work {
    Optional<PaymentEvent> done();
  }

  private void record(PaymentEvent event, Work work) {
    transactions.executeWithoutResult(
        transaction -> {
          inbox.add(event);
          work.done().ifPresent(publication::publish);
        });
  }

  private static boolean isOfDatabase(RuntimeException failure) {
    return failure instanceof TransientDataAccessException
        || failure instanceof RecoverableDataAccessException
        || failure instanceof NonTransientDataAccessResourceException
        || failure instanceof TransactionException
        || isLockTimeout(failure);
  }

  /** Spring has no class for this SQLSTATE of PostgreSQL. */
  private static boolean isLockTimeout(RuntimeException failure) {
    return failure instanceof UncategorizedSQLException uncategorized
        && LOCK_NOT_AVAILABLE.equals(uncategorized.getSQLException().getSQLState());
  }
}
