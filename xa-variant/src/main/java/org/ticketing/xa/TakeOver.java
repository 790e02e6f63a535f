package org.ticketing.xa;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.ticketing.xa.CoordinatorSettings.Log;
import org.ticketing.xa.InDoubtApi.Ended;
import org.ticketing.xa.LeftBranches.Prepared;
import org.ticketing.xa.LeftBranches.PreparedBranch;

/**
 * Ends what other coordinators have left that do not come back, such as those of instances that
 * were scaled in. It looks every so often for coordinators that have the database of this process
 * as their own and whose claim no process has. One that has been absent for long enough, and has
 * left something, is dealt with as by an operator ({@link AbsentCoordinators}): under its claim, as
 * it has decided.
 *
 * <p>Several processes may do this at the same time. The claim lets one of them act, and each claim
 * begins an epoch, with which the absence is counted anew, in all of them. A process that returns
 * waits for its claim for longer than this one keeps it.
 */
class TakeOver {

  private static final Logger log = LoggerFactory.getLogger(TakeOver.class);

  private final Claim own;
  private final Claims claims;
  private final LeftBranches branches;
  private final Duration absence;

  /** Since when coordinators are absent, in nanoseconds. */
  private final Map<Absent, Long> since = new ConcurrentHashMap<>();

  /** In the last look, those of coordinators whose decisions are elsewhere. */
  private Set<PreparedBranch> ofOthers = Set.of();

  private final Set<CoordinatorId> reported = new HashSet<>();

  /**
   * @param own of this process
   * @param absence after which another coordinator is absent
   */
  TakeOver(Claim own, Claims claims, LeftBranches branches, Duration absence) {
    this.own = own;
    this.claims = claims;
    this.branches = branches;
    this.absence = absence;
  }

  /** A coordinator that runs nowhere, and has not since the epoch ended. */
  private record Absent(RegisteredCoordinator coordinator, int epoch) {}

  /** Looks once. To be called by one thread. */
  void look() {
    try {
      List<CoordinatorState> states = claims.states();
      Set<RegisteredCoordinator> absent = absentForLong(states);
      Prepared prepared = branches.prepared();
      for (CoordinatorState state : states) {
        RegisteredCoordinator coordinator = state.coordinator();
        boolean hasLeftSomething =
            state.hasDecisions() || prepared.branches().containsKey(coordinator.id());
        if (hasLeftSomething && absent.contains(coordinator)) {
          takeOver(coordinator);
        }
      }
      report(prepared, states);
    } catch (SQLException | RuntimeException failure) {
      // Who is absent is not known meanwhile. After an outage of the database all may seem to be.
      since.clear();
      log.warn("Absent coordinators were not looked for: {}", failure.toString());
    }
  }

  /**
   * Returns from when on a look ends what a coordinator has left; empty if it has not been found to
   * be absent.
   */
  Optional<Instant> due(CoordinatorId id) {
    return since.entrySet().stream()
        .filter(absent -> absent.getKey().coordinator().id().equals(id))
        .map(absent -> absence.minusNanos(System.nanoTime() - absent.getValue()))
        .map(Instant.now()::plus)
        .findFirst();
  }

  private Set<RegisteredCoordinator> absentForLong(List<CoordinatorState> states) {
    Set<Absent> now =
        states.stream()
            .filter(state -> !state.runs() && state.coordinator().log() == Log.OWN)
            .filter(state -> state.coordinator().number() != own.number())
            .map(state -> new Absent(state.coordinator(), state.epoch()))
            .collect(Collectors.toSet());
    since.keySet().retainAll(now);
    long time = System.nanoTime();
    now.forEach(absent -> since.putIfAbsent(absent, time));
    return now.stream()
        .filter(absent -> time - since.get(absent) >= absence.toNanos())
        .map(Absent::coordinator)
        .collect(Collectors.toSet());
  }

  private void takeOver(RegisteredCoordinator absent) throws SQLException {
    Optional<Claim> taken = claims.takeOver(absent);
    if (taken.isEmpty()) {
      return; // It has returned, or another process does this.
    }
    try (Claim claim = taken.get()) {
      tell(claim.id(), branches.end(claim, LeftBranches.LONGEST));
    }
  }

  private void tell(CoordinatorId id, Ended ended) {
    if (ended.committed().isEmpty() && ended.rolledBack().isEmpty() && ended.left().isEmpty()) {
      log.info("Coordinator {} does not run. No branch of it was found: {}", id, ended);
      return;
    }
    log.warn(
        "Coordinator {} has not run for {} s or more. Of the branches that it has left in doubt, {}"
            + " were committed and {} rolled back, as it has decided. {} are left, and {} not"
            + " reached; this is repeated until all are ended. {}",
        id,
        absence.toSeconds(),
        ended.committed().size(),
        ended.rolledBack().size(),
        ended.left().size(),
        ended.notReached().isEmpty() ? "no participant was" : ended.notReached() + " were",
        ended);
  }

  /**
   * Tells, once for each coordinator, of branches that are in doubt for longer than from one look
   * to the next and that nobody can end here.
   */
  private void report(Prepared prepared, List<CoordinatorState> states) {
    Set<CoordinatorId> known =
        states.stream()
            .filter(state -> state.runs() || state.coordinator().log() == Log.OWN)
            .map(state -> state.coordinator().id())
            .collect(Collectors.toSet());
    Set<PreparedBranch> now =
        prepared.branches().entrySet().stream()
            .filter(branch -> !known.contains(branch.getKey()))
            .map(Map.Entry::getValue)
            .flatMap(Collection::stream)
            .collect(Collectors.toSet());
    Set<PreparedBranch> before = ofOthers;
    ofOthers = now;
    now.stream()
        .filter(before::contains)
        .flatMap(branch -> CoordinatorId.of(branch.xid()).stream())
        .filter(reported::add)
        .forEach(
            owner ->
                log.warn(
                    "Branches of coordinator {} are in doubt, whose decisions are not in this"
                        + " database: {}. They are left alone; see 'A coordinator that does not"
                        + " come back' in docs/operating.md.",
                    owner,
                    prepared.branches().get(owner).stream().map(PreparedBranch::shown).toList()));
  }
}
