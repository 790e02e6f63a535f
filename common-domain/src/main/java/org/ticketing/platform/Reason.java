package org.ticketing.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a service did not do what it was asked. Over HTTP the {@linkplain #id() id} is the end of a
 * problem detail's type, and {@link Problems} maps each reason to its status.
 */
public enum Reason {
  // The request is malformed.
  INVALID_REQUEST,
  REQUEST_TIMEOUT,
  CONTENT_TOO_LARGE,
  XID_REQUIRED,
  // The caller may not do this.
  AUTHENTICATION_REQUIRED,
  INVALID_TOKEN,
  WRONG_CREDENTIALS,
  PARTNER_KEY_REQUIRED,
  TOO_MANY_LOGINS,
  FORBIDDEN,
  NOT_YOUR_QUEUE_TOKEN,
  NOT_YOUR_RESERVATION,
  NOT_YOUR_PAYMENT,
  // What the request names does not exist.
  UNKNOWN_USER,
  UNKNOWN_CONCERT,
  UNKNOWN_SCHEDULE,
  UNKNOWN_QUEUE_TOKEN,
  UNKNOWN_SEAT,
  UNKNOWN_RESERVATION,
  UNKNOWN_PAYMENT,
  UNKNOWN_PARTNER,
  UNKNOWN_COORDINATOR,
  UNKNOWN_TRANSACTION,
  // Its state does not allow this.
  EMAIL_TAKEN,
  USER_WITHDRAWN,
  POINTS_REMAIN,
  RESERVATIONS_REMAIN,
  CONCERT_CANCELLED,
  NOT_ON_SALE,
  NOT_ADMITTED,
  SEAT_EXISTS,
  SEAT_TAKEN,
  RESERVATION_EXPIRED,
  RESERVATION_NOT_HELD,
  PRICE_CHANGED,
  INSUFFICIENT_POINTS,
  PAYMENT_IN_PROGRESS,
  PAYMENT_UNDONE,
  PARTNER_EXISTS,
  PARTNER_ENDED,
  COORDINATOR_RUNNING,
  // A limit or an earlier request does not allow this.
  LAYOUT_TOO_LARGE,
  HOLD_TOO_LONG,
  BALANCE_LIMIT,
  IDEMPOTENCY_KEY_REUSED,
  TOO_MANY_PAYMENTS,
  // The system has failed.
  PAYMENT_CANCELLED,
  SERVICE_UNAVAILABLE,
  OUTCOME_UNKNOWN,
  INTERNAL_ERROR;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The stable name outside of the code, such as {@code insufficient-points}. */
  public String id() {
    return id;
  }

  /**
   * @param id as {@link #id()} gives it
   */
  public static Optional<Reason> of(String id) {
    return Arrays.stream(values()).filter(reason -> reason.id.equals(id)).findFirst();
  }
}
