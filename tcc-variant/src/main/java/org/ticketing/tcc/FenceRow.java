package org.ticketing.tcc;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.ticketing.platform.tracking.Holding.Meaning;

/**
 * A branch as its row in the fence shows it, open or not.
 *
 * @param action also the service whose action it is
 * @param payment null if it was cancelled before it was tried
 * @param begunAt when it was tried
 * @param changedAt when it was confirmed or cancelled, else as {@code begunAt}
 * @param suspended whether an operator has stopped its recovery
 */
public record FenceRow(
    String xid,
    String action,
    UUID payment,
    State state,
    Instant begunAt,
    Instant changedAt,
    boolean suspended) {

  /** In Seata's words, except for the last, which is ours. */
  public enum State {
    TRIED(1, Meaning.OPEN),
    /** Confirmed. */
    COMMITTED(2, Meaning.DONE),
    /** Cancelled. */
    ROLLBACKED(3, Meaning.UNDONE),
    /** Cancelled before it was tried. */
    SUSPENDED(4, Meaning.UNDONE),
    /** Tried, and taken away from Seata's server, which has forgotten it. */
    ORPHANED(5, Meaning.OPEN);

    private final int number;
    private final Meaning meaning;

    State(int number, Meaning meaning) {
      this.number = number;
      this.meaning = meaning;
    }

    static State of(int number) {
      return Arrays.stream(values())
          .filter(state -> state.number == number)
          .findFirst()
          .orElseThrow();
    }

    Meaning meaning() {
      return meaning;
    }
  }

  boolean open() {
    return state.meaning() == Meaning.OPEN;
  }

  boolean confirmed() {
    return state == State.COMMITTED;
  }
}
