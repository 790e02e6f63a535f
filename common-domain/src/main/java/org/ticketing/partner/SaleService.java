package org.ticketing.partner;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.SaleApi.Sale;

/** Records sales, with their deliveries and the jobs that make them. */
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
    Instant now = clock.instant();
    int added = sales.append(sold, lastNumber, now);
    if (added > 0) {
      deliveries.add(lastNumber + 1, lastNumber + added);
      partners.activateAll().forEach(job -> jobs.schedule(DeliveryJob.of(job), now));
    }
  }
}
