package org.ticketing.choreography;

import java.util.Arrays;
import java.util.List;
import org.ticketing.platform.Service;

/**
 * The events of a payment, each with the service that tells of it and those that react: the whole
 * choreography. A payment has one event of a kind at most.
 */
enum EventKind {
  /** The payment is recorded. The points are to be used. */
  PAYMENT_REQUESTED("PaymentRequested", Service.PAYMENT, "step", Service.POINT),
  /** The reservation is to be completed. */
  POINTS_USED("PointsUsed", Service.POINT, "step", Service.RESERVATION),
  /** Nothing was done. The payment fails. */
  POINTS_REFUSED("PointsRefused", Service.POINT, "failure", Service.PAYMENT),
  /** The payment completes. */
  RESERVATION_COMPLETED("ReservationCompleted", Service.RESERVATION, "step", Service.PAYMENT),
  /** The points are to be given back. */
  RESERVATION_REFUSED("ReservationRefused", Service.RESERVATION, "compensation", Service.POINT),
  /** Nothing remains. The payment fails. */
  POINTS_REFUNDED("PointsRefunded", Service.POINT, "failure", Service.PAYMENT),
  /** The payment has failed, whatever the others have done of it: they undo that. */
  PAYMENT_CANCELLED(
      "PaymentCancelled", Service.PAYMENT, "compensation", Service.POINT, Service.RESERVATION),
  /** Nothing of a payment that was cancelled remains with the points. */
  POINTS_RESTORED("PointsRestored", Service.POINT, "compensation", Service.PAYMENT),
  /** Nothing of a payment that was cancelled remains with the reservation. */
  RESERVATION_REOPENED("ReservationReopened", Service.RESERVATION, "compensation", Service.PAYMENT);

  private final String text;
  private final Service publisher;
  private final String phase;
  private final List<Service> readers;

  EventKind(String text, Service publisher, String phase, Service... readers) {
    this.text = text;
    this.publisher = publisher;
    this.phase = phase;
    this.readers = List.of(readers);
  }

  /** The service that tells of it. */
  Service publisher() {
    return publisher;
  }

  /** The services that react to it. */
  List<Service> readers() {
    return readers;
  }

  /** What reacting to it is a phase of, in traces and metrics. */
  String phase() {
    return phase;
  }

  /**
   * Whether a reader may not have acknowledged an earlier event of the same payment yet. It is then
   * handed over when that is acknowledged.
   */
  boolean followsAnother() {
    return this == PAYMENT_CANCELLED || this == POINTS_RESTORED || this == RESERVATION_REOPENED;
  }

  /** The services that react to events of this service. */
  static List<Service> readersOf(Service publisher) {
    return Arrays.stream(values())
        .filter(kind -> kind.publisher == publisher)
        .flatMap(kind -> kind.readers.stream())
        .distinct()
        .toList();
  }

  /** The services whose events this service reacts to. */
  static List<Service> publishersFor(Service reader) {
    return Arrays.stream(values())
        .filter(kind -> kind.readers.contains(reader))
        .map(kind -> kind.publisher)
        .distinct()
        .toList();
  }

  /** As in texts for people. */
  @Override
  public String toString() {
    return text;
  }
}
