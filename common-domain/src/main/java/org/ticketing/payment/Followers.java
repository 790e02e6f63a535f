package org.ticketing.payment;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.ticketing.partner.SaleApi;
import org.ticketing.partner.SaleApi.Sale;
import org.ticketing.payment.FollowUps.FollowUp;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.queue.AdmissionApi;
import org.ticketing.queue.AdmissionApi.Ending;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;

/**
 * Those who are told of completed payments: the partner service, which records the sale, and the
 * queue service, which ends the customer's token. They are told once it is sure that the payment
 * will not be undone, and again until both have answered; both are idempotent. The partner service
 * is told of refunds too, of each after its sale.
 */
@Component
class Followers {

  private static final Logger log = LoggerFactory.getLogger(Followers.class);

  private final FollowUps followUps;
  private final PaymentProtocol protocol;
  private final ReservationApi reservations;
  private final SaleApi sales;
  private final AdmissionApi queue;

  /** How many payments are told with one call at most. */
  private final int batch;

  /** Volatile, because the job does not always run in the same thread. */
  private volatile boolean reached = true;

  Followers(
      FollowUps followUps,
      PaymentProtocol protocol,
      ReservationApi reservations,
      SaleApi sales,
      AdmissionApi queue,
      FollowUpProperties properties) {
    this.followUps = followUps;
    this.protocol = protocol;
    this.reservations = reservations;
    this.sales = sales;
    this.queue = queue;
    this.batch = properties.batch();
  }

  /**
   * Goes once through all follow-ups. Those of payments that may still be undone stay for the next
   * time, and so do all that are left when a service is unavailable.
   */
  void tellOfAll() {
    try {
      List<FollowUp> next = followUps.after(0, batch);
      while (!next.isEmpty()) {
        tellOf(next);
        long last = next.get(next.size() - 1).number();
        next = next.size() < batch ? List.of() : followUps.after(last, batch);
      }
      reached = true;
    } catch (ServiceUnavailable failure) {
      if (reached) {
        log.warn("What follows payments has to wait: {}", failure.getMessage());
      }
      reached = false;
    }
  }

  /** A follow-up whose payment was undone is removed without anybody being told. */
  private void tellOf(List<FollowUp> payments) {
    Set<UUID> completed =
        payments.stream().filter(FollowUp::completed).map(FollowUp::paymentId).collect(toSet());
    Set<UUID> lasting = completed.isEmpty() ? completed : protocol.finalOf(completed);
    announce(
        payments.stream()
            .filter(one -> !one.refunded() && lasting.contains(one.paymentId()))
            .toList());
    announceRefunds(payments.stream().filter(FollowUp::refunded).map(FollowUp::paymentId).toList());
    followUps.remove(
        payments.stream()
            .filter(one -> !one.completed() || lasting.contains(one.paymentId()))
            .toList());
  }

  private void announce(List<FollowUp> payments) {
    List<Ticket> tickets = ticketsOf(payments);
    if (!tickets.isEmpty()) {
      sales.record(tickets.stream().map(Ticket::sale).toList());
      queue.end(tickets.stream().map(Ticket::ending).toList());
    }
  }

  private void announceRefunds(List<UUID> payments) {
    if (!payments.isEmpty()) {
      sales.cancel(payments);
    }
  }

  private List<Ticket> ticketsOf(List<FollowUp> payments) {
    if (payments.isEmpty()) {
      return List.of();
    }
    Map<UUID, ReservationView> paid =
        reservations.findAll(payments.stream().map(FollowUp::reservationId).toList()).stream()
            .collect(toMap(ReservationView::id, Function.identity()));
    return payments.stream()
        .filter(payment -> isKnown(payment, paid.keySet()))
        .map(payment -> new Ticket(payment, paid.get(payment.reservationId())))
        .toList();
  }

  /** Reservations are never deleted. If one is missing all the same, the others do not wait. */
  private static boolean isKnown(FollowUp payment, Set<UUID> reservations) {
    boolean known = reservations.contains(payment.reservationId());
    if (!known) {
      log.error("Nobody is told of payment {}: its reservation is missing", payment.paymentId());
    }
    return known;
  }

  /** A reservation and the payment it was paid with. */
  private record Ticket(FollowUp payment, ReservationView reservation) {

    Sale sale() {
      return new Sale(
          payment.paymentId(),
          reservation.scheduleId(),
          List.of(reservation.seatId()),
          reservation.price());
    }

    Ending ending() {
      return new Ending(payment.userId(), reservation.scheduleId(), payment.requestedAt());
    }
  }
}
