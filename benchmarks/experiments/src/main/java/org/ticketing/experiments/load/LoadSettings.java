package org.ticketing.experiments.load;

import java.time.Duration;
import org.ticketing.workload.Arrivals;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

/**
 * What load is put on a system.
 *
 * @param rate payments a second
 * @param duration of the load that counts
 * @param clients payments under way at the same time at most
 * @param sold what is bought
 * @param warmUp how long the same load is put on the system before, without being counted
 * @param roundTrip between the services of a local system; null if they call each other directly
 */
public record LoadSettings(
    double rate,
    Duration duration,
    Pattern arrivals,
    int clients,
    Sold sold,
    Duration warmUp,
    Duration roundTrip) {

  /**
   * @param seed of random arrivals; null for constant ones
   */
  public record Pattern(Kind kind, Long seed) {

    public static final Pattern CONSTANT = new Pattern(Kind.CONSTANT, null);

    public static Pattern poisson(long seed) {
      return new Pattern(Kind.POISSON, seed);
    }

    private Arrivals arrivals(double rate, Duration duration) {
      return switch (kind) {
        case CONSTANT -> Arrivals.constant(rate, duration);
        case POISSON -> Arrivals.poisson(rate, duration, seed);
      };
    }
  }

  /** How the times at which requests are due are distributed. */
  public enum Kind {
    CONSTANT,
    POISSON
  }

  /**
   * @param wallets out of which the payments come
   * @param refusals part of the payments whose hold has run out
   */
  public record Sold(int wallets, double refusals) {

    /** How many of the first payments are to be refused; of all, at least one if any. */
    int late(int first, int all) {
      long late = refusals == 0 ? 0 : Math.max(1, (long) (all * refusals));
      return (int) (late * first / all);
    }

    /**
     * A part of the payments. All wallets are shared by all clients.
     *
     * @param late how many of them are to be refused
     */
    Workload workload(int payments, int late) {
      // Half a payment less, because the workload rounds up.
      double share = late == 0 ? 0 : (late - 0.5) / payments;
      return new Workload(payments, 1, new Mix(0, share, 0, 1, wallets));
    }
  }

  Arrivals counted() {
    return arrivals.arrivals(rate, duration);
  }

  /** Those of the warm-up. */
  Arrivals uncounted() {
    return arrivals.arrivals(rate, warmUp);
  }
}
