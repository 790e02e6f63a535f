package org.ticketing.partner;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.SaleApi.Sale;

/** Records sales, each with its deliveries and the jobs that make them. */
@Service
@Transactional
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
  void record(Sale sale) {
    sales.append(sale, clock.instant()).ifPresent(this::deliverToAll);
  }

  private void deliverToAll(long number) {
    for (Partner partner : partners.lockAllNotEnded()) {
      deliveries.add(partner.id(), number);
      partner.activate().ifPresent(job -> jobs.schedule(DeliveryJob.of(job), clock.instant()));
    }
  }
}
