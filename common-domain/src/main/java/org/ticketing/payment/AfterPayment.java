package org.ticketing.payment;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
 * What follows a completed payment and is no part of its transaction: partners are told, and the
 * queue token has served. Waits until the payment is sure to stay; repeated until both services
 * have taken it; both take it once.
 *
 * <p>One job tells of all payments that have completed since it last ran, many with each call: what
 * follows payments costs a fraction of what they cost, comes in small steps instead of in bursts,
 * and never occupies more than one thread while others pay.
 */
@Configuration(proxyBeanMethods = false)
class AfterPayment {

  /** With the time until the job is found due, nobody is told later than a second after. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Bean
  RecurringTask<Void> afterPaymentJob(Followers followers) {
    return Tasks.recurring("after-payment", FixedDelay.of(PAUSE))
        .execute((job, context) -> followers.tellOfAll());
  }

  /** Who is told of payments. */
  @Component
  static class Followers {

    private static final Logger log = LoggerFactory.getLogger(Followers.class);

    /** How many payments the others are told of at once. */
    private static final int BATCH = 100;

    private final FollowUps followUps;
    private final PaymentProtocol protocol;
    private final ReservationApi reservations;
    private final SaleApi sales;
    private final AdmissionApi queue;
    private volatile boolean reached = true; // the job changes threads

    Followers(
        FollowUps followUps,
        PaymentProtocol protocol,
        ReservationApi reservations,
        SaleApi sales,
        AdmissionApi queue) {
      this.followUps = followUps;
      this.protocol = protocol;
      this.reservations = reservations;
      this.sales = sales;
      this.queue = queue;
    }

    /** Also of those a follower could not be told of before; of the undecided next time. */
    void tellOfAll() {
      try {
        List<FollowUp> batch = followUps.after(0, BATCH);
        while (!batch.isEmpty()) {
          tellOf(batch);
          long last = batch.get(batch.size() - 1).number();
          batch = batch.size() < BATCH ? List.of() : followUps.after(last, BATCH);
        }
        reached = true;
      } catch (ServiceUnavailable failure) {
        if (reached) {
          log.warn("What follows payments has to wait: {}", failure.getMessage());
        }
        reached = false;
      }
    }

    private void tellOf(List<FollowUp> batch) {
      Set<UUID> completed =
          batch.stream().filter(FollowUp::completed).map(FollowUp::paymentId).collect(toSet());
      Set<UUID> decided = completed.isEmpty() ? completed : protocol.finalOf(completed);
      announce(batch.stream().filter(one -> decided.contains(one.paymentId())).toList());
      followUps.remove(
          batch.stream()
              .filter(one -> !one.completed() || decided.contains(one.paymentId()))
              .toList());
    }

    private void announce(List<FollowUp> payments) {
      List<Ticket> tickets = ticketsOf(payments);
      if (!tickets.isEmpty()) {
        sales.record(tickets.stream().map(Ticket::sale).toList());
        queue.end(tickets.stream().map(Ticket::ending).toList());
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

    /** Reservations are never deleted; should one be, it must not keep the others waiting. */
    private static boolean isKnown(FollowUp payment, Set<UUID> reservations) {
      boolean known = reservations.contains(payment.reservationId());
      if (!known) {
        log.error("Nobody is told of payment {}: its reservation is gone", payment.paymentId());
      }
      return known;
    }

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
}
