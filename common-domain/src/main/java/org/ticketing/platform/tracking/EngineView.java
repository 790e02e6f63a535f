package org.ticketing.platform.tracking;

import java.time.Instant;
import java.util.List;

/**
 * What the engine of a protocol believes about one global transaction.
 *
 * @param transaction both parts of the key, as far as the engine knows them
 * @param state where it stands
 * @param decision what is decided
 * @param since when it began; null if the engine does not know
 * @param owner who is to go on with it, such as the name of a coordinator; null if that is anybody
 * @param repetitions how often what is under way has been tried; 0 if the engine does not count
 * @param error why the last of them has failed, in one line; null if none has
 * @param suspended whether an operator has stopped the repetitions
 * @param next what happens next by itself
 */
public record EngineView(
    TransactionKey transaction,
    TransactionState state,
    Decision decision,
    Instant since,
    String owner,
    int repetitions,
    String error,
    boolean suspended,
    List<Next> next) {

  /**
   * Something that happens by itself.
   *
   * @param what in words, such as {@code Seata's server confirms the branch of point again}
   * @param at when, as far as it is known; null if it is not
   */
  public record Next(String what, Instant at) {}
}
