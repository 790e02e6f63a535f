package org.ticketing.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.testing.Database;

/** Plays a few cells that do not take long; {@code ./ticketing crash} plays all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixIT {

  /** Tests that systems become consistent; {@code ./ticketing crash} measures how fast. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

  private LocalStack stack;
  private StackOptions options;

  @BeforeAll
  void start() {
    options =
        StackOptions.forSystems(Systems.byDefault())
            .withJvmOptions(StackOptions.QUICK_COMPILER)
            .acceptingRules();
    stack = LocalStack.start(options);
  }

  @AfterAll
  void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xa,   decided,      kill payment,  prepared,   cut database connections of point",
    "tcc,  all-tried,    kill payment,  tries-lost, lose answers of point",
    "saga, between-steps, kill payment, use-lost,   lose answers of point",
    "choreography, points-used, kill point+payment, completing-payment, cut database connections of payment"
  })
  void aProtocolKeepsItsPromise(
      String name, String point, String fault, String otherPoint, String otherFault)
      throws Exception {
    SystemDescription system = Systems.named(name);
    List<Cell> cells =
        Stream.concat(cells(system, point, fault), cells(system, otherPoint, otherFault)).toList();

    CrashResults results = matrix().play(cells, 1);

    assertThat(results.cells())
        .hasSameSizeAs(cells)
        .allSatisfy(
            cell -> {
              assertThat(cell.reached()).isTrue();
              assertThat(cell.impact().inFlight()).isPositive();
              assertThat(cell.found().broken()).as(CrashTable.verdict(cell)).isEmpty();
            });
    assertThat(results.arePromisesKept()).isTrue();
  }

  /** Shortly here; the points of the systems have it for longer than every timeout. */
  @Test
  void whoIsSilentOffStoppedOrBehindGoesOnAfterwards() throws Exception {
    CrashPoint point =
        CrashPoint.parse(
            Systems.named("xa"),
            "asking-for-points",
            """
            # The points are about to be used.
            #
            #   ==> HERE
            #
            # Nothing is prepared, so nothing lasts.
            #
            # In: payment
            # Then: silence between payment and point for 5s | delay from payment to point for 5s |
            #   vanish point for 2s | pause payment+mysql for 2s | turn back the clock of payment for 5s |
            #   set back the clock of payment by 1h

            RULE the points are about to be used
            CLASS org.ticketing.xa.GlobalTransaction
            METHOD enlist(String)
            HELPER org.ticketing.experiments.crash.Moment
            AT EXIT
            IF $1.equals("point")
            DO reached()
            ENDRULE
            """);

    CrashResults results = matrix().play(point.cells(), 1);

    assertThat(results.cells())
        .hasSize(6)
        .allSatisfy(
            cell -> {
              assertThat(cell.reached()).isTrue();
              assertThat(cell.found().broken()).as(CrashTable.verdict(cell)).isEmpty();
            });
  }

  @Test
  void storedTimesAreMovedExceptWhereARowIsLocked() {
    Database postgresql = new Database(stack.postgres().createDatabase("times"));
    Database mysql = new Database(stack.mysql().createDatabase("times"));
    for (Database database : List.of(postgresql, mysql)) {
      String type = database == mysql ? "datetime(3)" : "timestamptz";
      for (String table : List.of("free_rows", "kept_rows")) {
        database.query("CREATE TABLE %s (id int, at %s, note text)".formatted(table, type));
        database.query(
            "INSERT INTO %s VALUES (1, '2026-01-01 12:00:00', ''), (2, NULL, '')".formatted(table));
      }
      try (Database.Lock held = database.lock("kept_rows", "id = 1")) {
        StoredTimes.move(database.access(), Duration.ofHours(-2));
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }

      assertThat(database.count("free_rows", "at = '2026-01-01 10:00:00'")).isEqualTo(1);
      assertThat(database.count("kept_rows", "at = '2026-01-01 12:00:00'")).isEqualTo(1);
    }
  }

  @Test
  void withoutAProtocolPointsAreLost() throws Exception {
    List<Cell> cells =
        cells(Systems.named("uncoordinated"), "points-used", "kill payment").toList();

    CellResult cell = matrix().play(cells, 1).cells().get(0);

    assertThat(cell.reached()).isTrue();
    assertThat(cell.found().audit().violationsByKind().get("POINTS_WITHOUT_PAYMENT"))
        .isGreaterThan(2);
  }

  @Test
  void aCellIsBrokenIfNoPaymentComesToItsPoint() throws Exception {
    CrashPoint never =
        CrashPoint.parse(
            Systems.named("monolith"),
            "never",
            """
            # Points are refunded.
            #
            #   ==> HERE
            #
            # No system does so.
            #
            # In: monolith
            # Then: kill monolith

            RULE points are refunded
            CLASS org.ticketing.point.PointParticipant
            METHOD refund
            HELPER org.ticketing.experiments.crash.Moment
            AT ENTRY
            IF TRUE
            DO reached()
            ENDRULE
            """);

    List<String> reservations = new ArrayList<>();
    CrashMatrix.Observer looksIntoTheDatabase =
        new CrashMatrix.Observer() {
          @Override
          public void leaving(TicketingSystem system) {
            reservations.addAll(
                new Database(system.database("reservation"))
                    .query("SELECT count(*) FROM reservation.reservation"));
          }
        };

    CrashResults results = matrix(looksIntoTheDatabase).play(never.cells(), 1);

    assertThat(results.cells().get(0).reached()).isFalse();
    assertThat(results.arePromisesKept()).isFalse();
    assertThat(reservations).as("while the system is held").containsExactly("14");
  }

  private CrashMatrix matrix() throws Exception {
    return matrix(new CrashMatrix.Observer() {});
  }

  private CrashMatrix matrix(CrashMatrix.Observer observer) throws Exception {
    return new CrashMatrix(stack, options.home(), LONG_ENOUGH, observer);
  }

  private static Stream<Cell> cells(SystemDescription system, String point, String fault) {
    return CrashPoints.of(system).stream()
        .filter(one -> one.name().equals(point))
        .flatMap(one -> one.cells().stream())
        .filter(cell -> cell.fault().toString().equals(fault))
        .limit(1);
  }
}
