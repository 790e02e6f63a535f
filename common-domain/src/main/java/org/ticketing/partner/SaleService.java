package org.ticketing.partner;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.SaleApi.Sale;

/** Records sales and cancellations, with their deliveries and the jobs that make them. */
@Service
class SaleService {

  private final Sales sales;
  private final PartnerRepository partners;
  private final Deliveries deliveries;
  private final SchedulerClient jobs;
  private final Clock clock;

  SaleService(
      Sales sales,
      PartnerRepository partners,
      Deliveries deliveries,
      SchedulerClient jobs,
      Clock clock) {
    this.sales = sales;
    this.partners = partners;
    this.deliveries = deliveries;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Idempotent by payment id. */
  @Transactional
  void record(List<Sale> sold) {
    long lastNumber = sales.lockLastNumber();
    deliver(lastNumber, sales.append(sold, lastNumber, clock.instant()));
  }

  /** Idempotent by payment id. */
  @Transactional
  void cancel(List<UUID> paymentIds) {
    long lastNumber = sales.lockLastNumber();
    deliver(lastNumber, sales.appendCancellations(paymentIds, lastNumber, clock.instant()));
  }

  private void deliver(long lastNumber, int added) {
    if (added > 0) {
      deliveries.add(lastNumber + 1, lastNumber + added);
      partners.activateAll().forEach(job -> jobs.schedule(DeliveryJob.of(job), clock.instant()));
    }
  }
}
