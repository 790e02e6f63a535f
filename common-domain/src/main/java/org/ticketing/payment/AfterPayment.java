package org.ticketing.payment;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
 * queue token has served. Repeated until both services have taken it; both take it once.
 */
@Configuration(proxyBeanMethods = false)
class AfterPayment {

  private static final TaskDescriptor<Void> JOB = TaskDescriptor.of("after-payment");

  /** The job of one payment. */
  static TaskInstance<Void> of(UUID paymentId) {
    return JOB.instance(paymentId.toString()).build();
  }

  @Bean
  OneTimeTask<Void> afterPaymentJob(
      PaymentService payments, ReservationApi reservations, SaleApi sales, AdmissionApi queue) {
    return Tasks.oneTime(JOB)
        .onFailure(new GrowingPauses<>())
        .execute(
            (job, context) -> {
              PaymentView payment = payments.find(UUID.fromString(job.getId()));
              if (payment.status() == Status.COMPLETED) { // and not compensated since
                ReservationView sold = reservations.find(payment.reservationId());
                sales.record(
                    new Sale(
                        payment.id(), sold.scheduleId(), List.of(sold.seatId()), sold.price()));
                queue.end(new Ending(payment.userId(), sold.scheduleId(), payment.requestedAt()));
              }
            });
  }
}
