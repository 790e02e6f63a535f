package org.ticketing.experiments.compare;

import java.time.Duration;
import org.ticketing.experiments.load.LoadSettings;
import org.ticketing.experiments.load.LoadSettings.Pattern;
import org.ticketing.experiments.load.LoadSettings.Sold;

/**
 * How the steps of sweeps are played.
 *
 * @param duration of the load of a step that counts
 * @param uncounted how long the same load comes before it
 * @param repetitions of a step, in which the systems take turns
 * @param clients payments under way at the same time at most
 */
public record SweepSettings(Duration duration, Duration uncounted, int repetitions, int clients) {

  /**
   * @param roundTrip null if services call each other directly
   */
  LoadSettings load(double rate, int wallets, double refusals, Duration roundTrip) {
    return new LoadSettings(
        rate,
        duration,
        Pattern.CONSTANT,
        clients,
        new Sold(wallets, refusals),
        uncounted,
        roundTrip);
  }
}
