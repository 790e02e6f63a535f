package org.ticketing.xa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.EngineView.Next;
import org.ticketing.xa.LeftBranches.PreparedBranch;

/** Tells what happens next to a transaction by itself: see docs/timeouts.md. */
class Forecast {

  private final CoordinatorSettings settings;
  private final TakeOver takeOver;

  Forecast(CoordinatorSettings settings, TakeOver takeOver) {
    this.settings = settings;
    this.takeOver = takeOver;
  }

  List<Next> of(Standing standing) {
    Optional<Progress> underWay = standing.progress();
    if (underWay.isPresent()) {
      return underWay(underWay.get(), standing.decision());
    }
    if (standing.isSuspended() || standing.state().isFinal()) {
      return List.of();
    }
    if (standing.isOwnerRunning()) {
      return List.of(standing.isOurs() ? here(standing) : there(standing));
    }
    if (standing.decision() == Decision.UNKNOWN) {
      return List.of();
    }
    return List.of(
        new Next(
            "another coordinator takes over from %s and %s"
                .formatted(standing.owner(), ending(standing)),
            takeOver.due(standing.owner()).orElse(null)));
  }

  private List<Next> underWay(Progress progress, Decision decision) {
    if (decision != Decision.NONE) {
      return List.of(
          new Next("its own thread tells the participants", null),
          new Next(
              "recovery goes on with it", progress.begun().plus(settings.transactionTimeout())));
    }
    List<Next> next = new ArrayList<>();
    next.add(
        new Next(
            "the coordinator rolls it back, if it is not about to be decided",
            progress.begun().plus(settings.transactionTimeout())));
    next.add(
        new Next(
            "participants roll back branches that nobody uses and that are not prepared", null));
    return next;
  }

  private Next here(Standing standing) {
    Instant nextScan = Instant.now().plus(settings.recoveryDelay());
    if (standing.decision() == Decision.UNDO) {
      return new Next(
          "recovery "
              + ending(standing)
              + ", "
              + settings.transactionTimeout().toSeconds()
              + " s after it has first seen them",
          null);
    }
    Instant expires = standing.recorded().expires();
    boolean isOfThisProcess =
        standing.coordinator().filter(it -> it.epoch() == standing.recorded().epoch()).isPresent();
    return new Next(
        "recovery " + ending(standing),
        isOfThisProcess && expires.isAfter(nextScan) ? expires : nextScan);
  }

  private static Next there(Standing standing) {
    return new Next(
        standing.decision() == Decision.COMPLETE || standing.decision() == Decision.UNDO
            ? "%s %s".formatted(standing.owner(), ending(standing))
            : standing.owner() + " runs, and ends it as it decides or has decided",
        null);
  }

  /** Such as "commits the branches of point and reservation". */
  private static String ending(Standing standing) {
    String verb = standing.decision() == Decision.COMPLETE ? "commits" : "rolls back";
    return standing.branches().isEmpty()
        ? verb + " what was not reached"
        : verb + " the branches of " + participants(standing.branches());
  }

  private static String participants(List<PreparedBranch> branches) {
    return branches.stream()
        .map(PreparedBranch::participant)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}
