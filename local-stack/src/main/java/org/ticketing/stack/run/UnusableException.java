package org.ticketing.stack.run;

import org.ticketing.stack.process.StackException;

/** What a user has chosen cannot be used. Nothing was started or changed. */
public final class UnusableException extends StackException {

  public UnusableException(String message) {
    super(message);
  }
}
