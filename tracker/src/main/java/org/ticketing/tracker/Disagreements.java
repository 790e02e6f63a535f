package org.ticketing.tracker;

import static org.ticketing.platform.tracking.Holding.Meaning.DONE;
import static org.ticketing.platform.tracking.Holding.Meaning.OPEN;
import static org.ticketing.platform.tracking.Holding.Meaning.UNDONE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ticketing.payment.TransactionsApi.TransactionDetail;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holding.Meaning;
import org.ticketing.platform.tracking.TransactionState;
import org.ticketing.tracker.TrackedTransaction.Disagreement;

/**
 * Tells where what the databases hold does not fit what the engine believes, or what other
 * databases hold. What is asked one after the other is not of one moment, so a transaction that is
 * under way contradicts nobody before it should have been over. The exceptions are what no protocol
 * passes through.
 */
class Disagreements {

  /** What is believed of a transaction as a whole. */
  private enum Belief {
    COMPLETED("it is completed"),
    UNDONE("nothing remains of it"),
    COMPLETING("it is decided to happen"),
    UNDOING("it is decided not to happen"),
    UNDECIDED("nothing is decided"),
    LOST("nobody knows what was decided"),
    /** There is neither a record nor a trace of it in the payment service. */
    UNHEARD_OF("neither the payment service nor its engine knows it"),
    /** The payment service could not be asked. */
    UNTOLD("the payment service gave no answer");

    private final String words;

    Belief(String words) {
      this.words = words;
    }
  }

  /** From when on something contradicts. */
  private enum When {
    AT_ONCE,
    /** The transaction should have been over. */
    OVERDUE,
    /** The holding is older than a payment can be under way. */
    AGED
  }

  /** Believing this, a database does not hold that. */
  private record Rule(Belief belief, Meaning meaning, When when, String text) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(Belief.COMPLETED, OPEN, When.AT_ONCE, "%s still keeps it open"),
          new Rule(Belief.COMPLETED, UNDONE, When.AT_ONCE, "%s has undone its part"),
          new Rule(Belief.UNDONE, OPEN, When.AT_ONCE, "%s still keeps it open"),
          new Rule(Belief.UNDONE, DONE, When.AT_ONCE, "%s has done its part"),
          new Rule(Belief.COMPLETING, UNDONE, When.AT_ONCE, "%s has undone its part"),
          new Rule(Belief.COMPLETING, OPEN, When.OVERDUE, "%s still keeps it open"),
          new Rule(Belief.UNDOING, DONE, When.OVERDUE, "%s has not undone its part yet"),
          new Rule(Belief.UNDOING, OPEN, When.OVERDUE, "%s still keeps it open"),
          new Rule(Belief.UNHEARD_OF, OPEN, When.AGED, "%s keeps it open: an orphan"),
          new Rule(Belief.UNHEARD_OF, DONE, When.AGED, "%s has done its part"));

  /** In these, one database may not have done what another one has undone. */
  private static final Set<Belief> WITHOUT_GUIDANCE =
      Set.of(Belief.UNDECIDED, Belief.LOST, Belief.UNHEARD_OF, Belief.UNTOLD);

  private final Duration patience;
  private final Clock clock;

  /**
   * @param patience until this age, a holding of a transaction that nobody knows is no orphan
   */
  Disagreements(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * @param detail null if the payment service knows nothing of it, or gave no answer
   * @param unheardOf whether it knows nothing of it
   */
  List<Disagreement> between(TransactionDetail detail, boolean unheardOf, List<Holding> holdings) {
    Belief belief = unheardOf ? Belief.UNHEARD_OF : beliefOf(detail);
    boolean overdue = isOverdue(detail);
    Set<Disagreement> found = new LinkedHashSet<>();
    for (Holding holding : holdings) {
      for (Rule rule : RULES) {
        if (rule.belief() == belief
            && rule.meaning() == holding.meaning()
            && isTime(rule.when(), overdue, holding)) {
          found.add(
              new Disagreement(
                  holding.participant(), sentence(rule.text(), holding, belief.words)));
        }
      }
    }
    if (WITHOUT_GUIDANCE.contains(belief) && (belief != Belief.UNDECIDED || overdue)) {
      partedWays(holdings, belief).ifPresent(found::add);
    }
    return new ArrayList<>(found);
  }

  /** The state of the record counts where the engine has forgotten what is over. */
  private static Belief beliefOf(TransactionDetail detail) {
    if (detail == null) {
      return Belief.UNTOLD;
    }
    TransactionState state =
        detail.engine() != null
            ? detail.engine().state()
            : detail.transaction() == null ? null : detail.transaction().state();
    if (state == null) {
      return Belief.UNHEARD_OF;
    }
    return switch (state) {
      case COMPLETED -> Belief.COMPLETED;
      case UNDONE -> Belief.UNDONE;
      case COMPLETING -> Belief.COMPLETING;
      case UNDOING -> Belief.UNDOING;
      case UNKNOWN -> byDecision(detail.decision(), Belief.LOST);
      case WORKING, PREPARING -> byDecision(detail.decision(), Belief.UNDECIDED);
    };
  }

  private static Belief byDecision(Decision decision, Belief otherwise) {
    if (decision == null) {
      return otherwise;
    }
    return switch (decision) {
      case COMPLETE -> Belief.COMPLETING;
      case UNDO -> Belief.UNDOING;
      case UNKNOWN -> Belief.LOST;
      case NONE -> otherwise;
    };
  }

  private static boolean isOverdue(TransactionDetail detail) {
    return detail != null && detail.transaction() != null && detail.transaction().stuck();
  }

  private boolean isTime(When when, boolean overdue, Holding holding) {
    return switch (when) {
      case AT_ONCE -> true;
      case OVERDUE -> overdue;
      case AGED -> isAged(holding);
    };
  }

  /** Of unknown age, it is shown rather than kept back. */
  private boolean isAged(Holding holding) {
    Instant since = holding.since();
    return since == null || since.isBefore(clock.instant().minus(patience));
  }

  private static String sentence(String text, Holding holding, String belief) {
    String capital = belief.substring(0, 1).toUpperCase(Locale.ROOT);
    return "%s%s, but %s (%s)."
        .formatted(
            capital,
            belief.substring(1),
            text.formatted(holding.participant()),
            holding.what() + (holding.state() == null ? "" : ", " + holding.state()));
  }

  /** One participant has done its part, and another has undone it. */
  private Optional<Disagreement> partedWays(List<Holding> holdings, Belief belief) {
    Set<String> done = participants(holdings, DONE);
    Set<String> undone = participants(holdings, UNDONE);
    if (done.isEmpty() || undone.isEmpty() || done.equals(undone)) {
      return Optional.empty();
    }
    return Optional.of(
        new Disagreement(
            undone.iterator().next(),
            "It is done by %s and undone by %s, and %s."
                .formatted(
                    String.join(" and ", done), String.join(" and ", undone), belief.words)));
  }

  private static Set<String> participants(List<Holding> holdings, Meaning meaning) {
    return holdings.stream()
        .filter(holding -> holding.meaning() == meaning)
        .map(Holding::participant)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
