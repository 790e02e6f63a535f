package org.ticketing.platform;

/**
 * There are too many requests at once. Nothing was done for this one, which may be repeated soon.
 */
public class Overloaded extends ServiceUnavailable {

  /** After how many seconds to ask again. */
  static final int RETRY_AFTER = 1;

  public Overloaded() {
    super("Too many are asking for this at once; try again.");
  }
}
