package org.ticketing.verification.audit;

/** The audit could not be made. The message is fit to be shown to a user. */
public class AuditException extends RuntimeException {

  AuditException(String message) {
    super(message);
  }
}
