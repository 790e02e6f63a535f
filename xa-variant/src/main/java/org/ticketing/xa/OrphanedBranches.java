package org.ticketing.xa;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Sample;

/**
 * The branches that no coordinator of this database will end, because they are prepared by one
 * whose decisions are elsewhere: the database was replaced, or a participant is shared with another
 * system. Recovery leaves them alone, so an operator has to know.
 */
@Component
@ConditionalOnHosted("payment")
class OrphanedBranches implements MeterBinder {

  /** Another system's payment is under way for a shorter time, and is no orphan. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(30);

  private final Participants participants;
  private final JdbcClient jdbc;
  private final FirstSeen firstSeen;
  private final Sample<Long> orphaned = new Sample<>("the orphaned branches", this::count);

  OrphanedBranches(Participants participants, JdbcClient jdbc, Clock clock) {
    this.participants = participants;
    this.jdbc = jdbc;
    this.firstSeen = new FirstSeen(clock);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("ticketing.compensations.failing", () -> orphaned.read(Long::doubleValue))
        .tag("what", "orphaned branches")
        .description("What does not end by itself")
        .register(registry);
  }

  /**
   * @throws RuntimeException a participant, or the database, gives no answer
   */
  long count() {
    Set<CoordinatorId> own = coordinators();
    Set<BranchXid> foreign =
        participants.names().stream()
            .flatMap(participant -> participants.branches(participant).prepared().stream())
            .map(BranchXid::valueOf)
            .filter(branch -> isOfAnother(branch, own))
            .collect(Collectors.toSet());
    return firstSeen.ages(foreign).stream().filter(age -> age.compareTo(UNDER_WAY) > 0).count();
  }

  private static boolean isOfAnother(BranchXid branch, Set<CoordinatorId> own) {
    return CoordinatorId.of(branch).filter(owner -> !own.contains(owner)).isPresent();
  }

  private Set<CoordinatorId> coordinators() {
    return jdbc.sql("SELECT name, identity FROM protocol.coordinator")
        .query((row, number) -> new CoordinatorId(row.getString("name"), row.getString("identity")))
        .set();
  }
}
