package org.ticketing.verification.audit;

import java.sql.SQLException;

/** The audit could not be made. The message is fit to be shown to a user. */
public class AuditException extends RuntimeException {

  AuditException(String message) {
    super(message);
  }

  static AuditException unreadable(SQLException failure) {
    return new AuditException("The audit could not read a database: " + failure.getMessage());
  }
}
