package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.ticketing.partner.SaleApi;
import org.ticketing.partner.SaleApi.Sale;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.GrowingPauses;
import org.ticketing.queue.AdmissionApi;
import org.ticketing.queue.AdmissionApi.Ending;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;

/**
 * What follows a completed payment and is no part of its transaction: partners are told, and the
 * queue token has served. Waits until the payment is sure to stay; repeated until both services
 * have taken it; both take it once.
 */
@Configuration(proxyBeanMethods = false)
class AfterPayment {

  private static final TaskDescriptor<Void> JOB = TaskDescriptor.of("after-payment");

  private static final Duration UNDECIDED = Duration.ofSeconds(1);

  /** The job of one payment. */
  static TaskInstance<Void> of(UUID paymentId) {
    return JOB.instance(paymentId.toString()).build();
  }

  @Bean
  CustomTask<Void> afterPaymentJob(Followers followers) {
    return Tasks.custom(JOB)
        .onFailure(new GrowingPauses<>())
        .execute(
            (job, context) ->
                followers.tell(UUID.fromString(job.getId()))
                    ? new CompletionHandler.OnCompleteRemove<>()
                    : (done, row) -> row.reschedule(done, done.getTimeDone().plus(UNDECIDED)));
  }

  /** Who is told of a payment. */
  @Component
  static class Followers {

    private final PaymentService payments;
    private final PaymentProtocol protocol;
    private final ReservationApi reservations;
    private final SaleApi sales;
    private final AdmissionApi queue;

    Followers(
        PaymentService payments,
        PaymentProtocol protocol,
        ReservationApi reservations,
        SaleApi sales,
        AdmissionApi queue) {
      this.payments = payments;
      this.protocol = protocol;
      this.reservations = reservations;
      this.sales = sales;
      this.queue = queue;
    }

    /**
     * @return false if it is not decided yet whether the payment stays
     */
    boolean tell(UUID paymentId) {
      PaymentView payment = payments.find(paymentId);
      if (payment.status() != Status.COMPLETED) {
        return true; // it was undone after all
      }
      if (!protocol.isFinal(paymentId)) {
        return false;
      }
      ReservationView sold = reservations.find(payment.reservationId());
      sales.record(
          List.of(new Sale(payment.id(), sold.scheduleId(), List.of(sold.seatId()), sold.price())));
      queue.end(List.of(new Ending(payment.userId(), sold.scheduleId(), payment.requestedAt())));
      return true;
    }
  }
}
