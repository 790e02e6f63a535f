package org.ticketing.platform.tracking;

import java.time.Instant;
import java.util.List;

/**
 * Something that a database holds of a global transaction now, such as a prepared branch, points
 * that are reserved, or the row of a fence.
 *
 * @param participant the service whose database it is
 * @param what it is, in words, such as {@code prepared branch}
 * @param state in the words of who keeps it, such as {@code TRIED}
 * @param meaning what it says about the transaction
 * @param since when it came about; null if the database does not tell
 * @param waiting who waits for what it locks, a line each; empty if nobody, or if it locks nothing
 */
public record Holding(
    String participant,
    String what,
    String state,
    Meaning meaning,
    Instant since,
    List<String> waiting) {

  /** What a holding says about its transaction. */
  public enum Meaning {
    /** It may still turn out either way. */
    OPEN,
    /** The participant's part has happened. */
    DONE,
    /** The participant's part was undone, or never happens. */
    UNDONE
  }
}
