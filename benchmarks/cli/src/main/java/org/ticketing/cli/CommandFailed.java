package org.ticketing.cli;

/** The command cannot go on. The message is one line fit to be shown to a user. */
final class CommandFailed extends RuntimeException {

  CommandFailed(String message) {
    super(message);
  }
}
