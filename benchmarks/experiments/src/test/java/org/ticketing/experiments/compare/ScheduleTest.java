package org.ticketing.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ticketing.experiments.compare.ComparisonPart.DISTANCE;
import static org.ticketing.experiments.compare.ComparisonPart.LEVERS;
import static org.ticketing.experiments.compare.ComparisonPart.OBSERVABILITY;
import static org.ticketing.experiments.compare.ComparisonPart.RATES;
import static org.ticketing.experiments.compare.ComparisonPart.ROUNDS;
import static org.ticketing.experiments.compare.ComparisonPart.TRACKING;
import static org.ticketing.experiments.compare.ComparisonPart.WALLETS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ticketing.experiments.compare.Results.Settings;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

class ScheduleTest {

  private long seconds;

  @Test
  void theEstimateNamesEveryPartAndTheWarmUp() {
    assertThat(schedule(plan(RATES, DISTANCE), RATES, DISTANCE).estimate())
        .matches(
            "takes about \\d+ minutes on 2 cores .rates \\d+, distance \\d+, warming up \\d+.;.*");
  }

  @Test
  void partsThatWerePlayedBeforeTakeNoTime() {
    assertThat(schedule(plan(RATES, WALLETS), WALLETS).estimate())
        .contains("wallets")
        .doesNotContain("rates");
    assertThat(schedule(plan(RATES, WALLETS)).secondsLeft()).isZero();
  }

  @Test
  void systemsAreWarmedUpOnceForAllNearPartsAndOnceMoreForTheDistantOne() {
    double near = left(RATES) + left(WALLETS) - left(RATES, WALLETS);
    double distant = left(RATES) + left(DISTANCE) - left(RATES, DISTANCE);

    assertThat(near).isPositive();
    assertThat(distant).isZero();
  }

  @Test
  void everySystemIsWarmedUpForLongerWhereSomethingIsSwitched() {
    double once = warmingUp(ROUNDS);
    double switched = warmingUp(OBSERVABILITY);

    assertThat(switched).isGreaterThan(1.5 * once);
    assertThat(warmingUp(ROUNDS, OBSERVABILITY)).isEqualTo(once + switched);
  }

  @Test
  void everySystemIsWarmedUpTwiceWhereItIsStartedWithTheSwitchOnAndOff() {
    assertThat(warmingUp(TRACKING)).isEqualTo(2 * warmingUp(OBSERVABILITY));
  }

  @Test
  void aTurnOfASystemThatIsSwitchedWhileItRunsTakesAsLongAsTwo() {
    assertThat(left(OBSERVABILITY) - warmingUp(OBSERVABILITY))
        .isCloseTo(left(TRACKING) - warmingUp(TRACKING), within(2 * 2 * 5.0));
  }

  @Test
  void everySystemIsWarmedUpWithEachLeverAndOnceWithNone() {
    assertThat(warmingUp(LEVERS)).isEqualTo((1 + Lever.values().length) * warmingUp(ROUNDS));
  }

  @Test
  void leversOfASystemThatWereMeasuredBeforeTakeNoTime() {
    Schedule half = schedule(plan(LEVERS), new Missing(List.of(LEVERS), List.of("xa")));

    assertThat(half.secondsLeft()).isCloseTo(left(LEVERS) / 2, within(0.1));
    assertThat(half.estimate()).endsWith("; after an interruption, --resume continues it");
  }

  @Test
  void whatIsLeftIsCorrectedByWhatItTookSoFar() {
    Schedule schedule = schedule(plan(WALLETS), WALLETS);
    schedule.warmedUp();
    seconds = 100;
    double left = schedule.secondsLeft();

    seconds = 200;

    assertThat(schedule.secondsLeft()).isCloseTo(2 * left, within(0.1));
  }

  @Test
  void aTurnBringsTheEndNearer() {
    Schedule schedule = schedule(plan(ROUNDS), ROUNDS);
    double all = schedule.secondsLeft();

    schedule.played(ROUNDS);

    assertThat(schedule.secondsLeft()).isLessThan(all);
  }

  @Test
  void aPartThatIsOverIsOverAlsoIfItHadFewerTurns() {
    Schedule schedule = schedule(plan(RATES, WALLETS), RATES, WALLETS);
    double all = schedule.secondsLeft();

    schedule.ended(RATES);

    assertThat(schedule.secondsLeft())
        .isCloseTo(schedule(plan(RATES, WALLETS), WALLETS).secondsLeft(), within(0.1))
        .isLessThan(all);
  }

  /** What is left once all turns were taken. */
  private double warmingUp(ComparisonPart... parts) {
    Schedule schedule = schedule(plan(parts), parts);
    List.of(parts).forEach(schedule::ended);
    return schedule.secondsLeft();
  }

  private double left(ComparisonPart... parts) {
    return schedule(plan(parts), parts).secondsLeft();
  }

  private Schedule schedule(Plan plan, ComparisonPart... missing) {
    List<String> leversOf = List.of(missing).contains(LEVERS) ? plan.systems() : List.of();
    return schedule(plan, new Missing(List.of(missing), leversOf));
  }

  private Schedule schedule(Plan plan, Missing missing) {
    return new Schedule(plan, missing, () -> TimeUnit.SECONDS.toNanos(seconds));
  }

  private static Plan plan(ComparisonPart... parts) {
    return new Plan(
        List.of("uncoordinated", "xa"),
        false,
        List.of(parts),
        new Settings(
            true, 40, 300, 7, 2, List.of(), new Workload(250, 8, new Mix(0, 0, 0, 0.2, 4))),
        new SweepSettings(Duration.ofSeconds(10), Duration.ofSeconds(2), 2, 64),
        false);
  }
}
