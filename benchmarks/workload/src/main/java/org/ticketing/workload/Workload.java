package org.ticketing.workload;

/**
 * What is sold in a round.
 *
 * @param payments payments in a round
 * @param clients payments sent at the same time
 */
public record Workload(int payments, int clients, Mix mix) {

  /**
   * Of which payments a round consists.
   *
   * @param poorShare part of the payments whose wallet has too few points
   * @param lateShare part of the payments whose hold has run out but was not swept, so that only
   *     completing the reservation refuses them, after the points were used
   * @param rivalShare part of the payments that come in pairs out of a wallet with points for one
   *     of them, sent at the same time: one is late, so that the other should complete
   * @param sharedShare part of the other payments that come out of a few shared wallets
   * @param sharedWallets how many shared wallets there are
   */
  public record Mix(
      double poorShare,
      double lateShare,
      double rivalShare,
      double sharedShare,
      int sharedWallets) {

    public Mix {
      require(isShare(poorShare), "the share of poor payments must be from 0 to 0.5");
      require(isShare(lateShare), "the share of late payments must be from 0 to 0.5");
      require(isShare(rivalShare), "the share of rival payments must be from 0 to 0.5");
      require(
          sharedShare >= 0 && sharedShare <= 1,
          "the share of payments from shared wallets must be from 0 to 1");
      require(sharedWallets >= 1 && sharedWallets <= 1000, "shared wallets must be from 1 to 1000");
    }

    private Mix withSharedWallets(int number) {
      return new Mix(
          poorShare, lateShare, rivalShare, sharedShare, Math.max(number, sharedWallets));
    }

    private Mix withoutRivals() {
      return new Mix(poorShare, lateShare, 0, sharedShare, sharedWallets);
    }
  }

  public Workload {
    require(payments >= 10 && payments <= 100_000, "payments must be from 10 to 100000");
    require(clients >= 1 && clients <= 500, "clients must be from 1 to 500");
    require(
        atLeastOne(payments * mix.poorShare())
                + atLeastOne(payments * mix.lateShare())
                + 2 * atLeastOne(payments * mix.rivalShare() / 2)
            <= payments,
        "poor, late and rival payments together must not be more than all payments");
  }

  /** The same for one client, who cannot send two payments at the same time: without rivals. */
  public Workload forOneClient() {
    return new Workload(payments, 1, mix.withoutRivals());
  }

  /** The same, without pairs of rivals, who have wallets of their own. */
  public Workload withoutRivals() {
    return new Workload(payments, clients, mix.withoutRivals());
  }

  /** The same, of so many payments. */
  public Workload withPayments(int number) {
    return new Workload(number, clients, mix);
  }

  /** The same, out of at least so many shared wallets. */
  public Workload withSharedWallets(int number) {
    return new Workload(payments, clients, mix.withSharedWallets(number));
  }

  /** At least one when the share is not 0. */
  public int poorPayments() {
    return atLeastOne(payments * mix.poorShare());
  }

  /** At least one when the share is not 0. */
  public int latePayments() {
    return atLeastOne(payments * mix.lateShare());
  }

  /** At least one when the share is not 0. */
  public int rivalPairs() {
    return atLeastOne(payments * mix.rivalShare() / 2);
  }

  private static int atLeastOne(double part) {
    return (int) Math.ceil(part);
  }

  private static boolean isShare(double share) {
    return share >= 0 && share <= 0.5;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
