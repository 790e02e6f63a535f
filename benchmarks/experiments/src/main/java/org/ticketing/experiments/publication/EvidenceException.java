package org.ticketing.experiments.publication;

/** A file of results cannot be used. The message is one line fit to be shown to a user. */
public final class EvidenceException extends RuntimeException {

  public EvidenceException(String message) {
    super(message);
  }
}
