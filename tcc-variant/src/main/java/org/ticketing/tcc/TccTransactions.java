package org.ticketing.tcc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.seata.core.model.GlobalStatus;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.payment.PaymentParticipant;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.platform.tracking.TransactionKey;
import org.ticketing.tcc.BranchApi.Kept;
import org.ticketing.tcc.Participants.Answers;
import org.ticketing.tcc.UnderWay.Begun;

/**
 * Gathers what everybody knows of transactions: the fences of the participants, Seata's server, the
 * record of payments, and this process's memory. Seata's server can only be asked for one
 * transaction at a time, and lists none.
 */
@Component
@ConditionalOnHosted("payment")
class TccTransactions {

  /** For how many transactions Seata's server is asked at a time. */
  private static final int MOST_ASKED = 100;

  private static final int MOST_SEEN = 1000;

  /** How long answers are good enough for those who watch. */
  private static final Duration ANSWERS_HOLD = Duration.ofSeconds(1);

  private final Participants participants;
  private final PaymentParticipant payments;
  private final UnderWay underWay;
  private final Clock clock;
  private final Cache<TransactionKey, Optional<TccTransaction>> found =
      Caffeine.newBuilder().expireAfterWrite(ANSWERS_HOLD).maximumSize(MOST_SEEN).build();
  private final Cache<Integer, Unfinished> unfinished =
      Caffeine.newBuilder().expireAfterWrite(ANSWERS_HOLD).build();

  TccTransactions(
      Participants participants, PaymentParticipant payments, UnderWay underWay, Clock clock) {
    this.participants = participants;
    this.payments = payments;
    this.underWay = underWay;
    this.clock = clock;
  }

  /**
   * @param notReached why participants have not answered, a line each
   */
  record Unfinished(List<TccTransaction> transactions, List<String> notReached) {}

  /**
   * Those with an open branch, and those that this process has begun and that are not over; the
   * oldest first. What Seata's server has just ended is left out: somebody who ends a branch was
   * faster than the question.
   */
  Unfinished unfinished(int limit) {
    return unfinished.get(Math.min(limit, BranchApi.MOST), this::findUnfinished);
  }

  private Unfinished findUnfinished(int limit) {
    Answers<List<FenceRow>> open = participants.ask(participant -> participant.open(limit));
    Map<String, Begun> begunHere = underWay.all();
    Map<String, List<FenceRow>> branches = new HashMap<>();
    begunHere.keySet().forEach(xid -> branches.put(xid, new ArrayList<>()));
    open.byName().values().stream()
        .flatMap(List::stream)
        .forEach(row -> branches.computeIfAbsent(row.xid(), xid -> new ArrayList<>()).add(row));
    List<TccTransaction> candidates =
        branches.entrySet().stream()
            .map(
                branch ->
                    candidate(
                        branch.getKey(),
                        branch.getValue(),
                        begunHere.get(branch.getKey()),
                        open.notReached()))
            .sorted(Comparator.comparing(TccTransaction::begunAt))
            .limit(limit)
            .toList();
    List<TccTransaction> judged = new ArrayList<>();
    boolean answering = true;
    for (int number = 0; number < candidates.size(); number++) {
      TccTransaction transaction = candidates.get(number);
      GlobalStatus status = null;
      if (answering && number < MOST_ASKED) {
        try {
          status = SeataServer.statusOf(transaction.xid());
        } catch (ServiceUnavailable noAnswer) {
          answering = false;
        }
      }
      judge(transaction, status).ifPresent(judged::add);
    }
    return new Unfinished(judged, open.notReached());
  }

  private static TccTransaction candidate(
      String xid, List<FenceRow> rows, Begun begun, List<String> notReached) {
    return new TccTransaction(
        xid, paymentOf(rows, begun), begunAt(rows, begun), null, null, rows, List.of(), notReached);
  }

  private Optional<TccTransaction> judge(TccTransaction candidate, GlobalStatus status) {
    if (status != GlobalStatus.Finished) {
      return Optional.of(candidate.answered(status));
    }
    if (candidate.begunAt().isAfter(clock.instant().minus(BranchRecovery.BETWEEN_LOOKS))) {
      return Optional.empty();
    }
    if (!candidate.hasOpenBranches()) {
      underWay.forget(candidate.xid());
      return Optional.empty();
    }
    return find(new TransactionKey(candidate.payment(), candidate.xid()))
        .filter(transaction -> !transaction.state().isFinal());
  }

  /** As {@link #find}, or as it was a moment ago: for those who watch, and ask several times. */
  Optional<TccTransaction> seen(TransactionKey key) {
    return found.get(key, this::find);
  }

  /** Everything about one transaction; empty if nobody who has answered knows it. */
  Optional<TccTransaction> find(TransactionKey key) {
    Map<String, Begun> begunHere = underWay.all();
    String xid = key.xid() == null ? xidOf(key.payment(), begunHere) : key.xid();
    Answers<Kept> kept = participants.ask(participant -> participant.kept(xid, key.payment()));
    List<FenceRow> rows =
        kept.byName().values().stream().flatMap(answer -> answer.rows().stream()).toList();
    List<String> reserved =
        kept.byName().entrySet().stream()
            .filter(answer -> answer.getValue().reserved())
            .map(Map.Entry::getKey)
            .toList();
    String known = xid == null ? rows.stream().map(FenceRow::xid).findFirst().orElse(null) : xid;
    Begun begun = known == null ? null : begunHere.get(known);
    if (rows.isEmpty() && reserved.isEmpty() && begun == null) {
      return Optional.empty();
    }
    UUID payment = key.payment() == null ? paymentOf(rows, begun) : key.payment();
    return Optional.of(
        new TccTransaction(
            known,
            payment,
            begunAt(rows, begun),
            known == null ? null : answerOf(known),
            payment == null ? null : recorded(payment),
            rows,
            reserved,
            kept.notReached()));
  }

  private static String xidOf(UUID payment, Map<String, Begun> begunHere) {
    return begunHere.entrySet().stream()
        .filter(begun -> begun.getValue().payment().equals(payment))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static GlobalStatus answerOf(String xid) {
    try {
      return SeataServer.statusOf(xid);
    } catch (ServiceUnavailable noAnswer) {
      return null;
    }
  }

  private Status recorded(UUID payment) {
    return payments.find(payment).map(PaymentView::status).orElse(null);
  }

  private static UUID paymentOf(List<FenceRow> rows, Begun begun) {
    return rows.stream()
        .map(FenceRow::payment)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(begun == null ? null : begun.payment());
  }

  /** Null if nobody tells. */
  private static Instant begunAt(List<FenceRow> rows, Begun begun) {
    return Stream.concat(
            rows.stream().map(FenceRow::begunAt), Stream.ofNullable(begun).map(Begun::at))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }
}
