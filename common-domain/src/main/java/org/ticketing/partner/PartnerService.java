package org.ticketing.partner;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerApi.NewPartner;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.partner.PartnerApi.PartnerView;
import org.ticketing.partner.PartnerApi.Status;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

@Service
class PartnerService {

  private final PartnerRepository partners;
  private final Deliveries deliveries;
  private final Sales sales;
  private final SchedulerClient jobs;
  private final Clock clock;

  PartnerService(
      PartnerRepository partners,
      Deliveries deliveries,
      Sales sales,
      SchedulerClient jobs,
      Clock clock) {
    this.partners = partners;
    this.deliveries = deliveries;
    this.sales = sales;
    this.jobs = jobs;
    this.clock = clock;
  }

  NewPartner register(PartnerDetails details) {
    UUID id = UUID.randomUUID();
    FeedKey feedKey = FeedKey.create();
    if (!partners.add(id, details, feedKey)) {
      throw new Refusal(Reason.PARTNER_EXISTS, "Another partner has or had this name.");
    }
    return new NewPartner(id, details.name().strip(), details.url(), feedKey.value());
  }

  List<PartnerView> list(int page, int size) {
    return partners.list(page, size);
  }

  PartnerView find(UUID partnerId) {
    return partners.find(partnerId).orElseThrow(() -> unknownPartner(partnerId));
  }

  void end(UUID partnerId) {
    if (!partners.end(partnerId)) {
      throw unknownPartner(partnerId);
    }
  }

  @Transactional
  PartnerView resume(UUID partnerId) {
    partners.resume(partnerId);
    partners
        .activate(partnerId)
        .ifPresent(job -> jobs.schedule(DeliveryJob.of(job), clock.instant()));
    PartnerView partner = find(partnerId);
    if (partner.status() == Status.ENDED) {
      throw new Refusal(Reason.PARTNER_ENDED, "This partner has been ended.");
    }
    return partner;
  }

  List<DeliveryView> deliveries(UUID partnerId, int page, int size) {
    find(partnerId);
    return deliveries.of(partnerId, page, size);
  }

  /** Refused with {@code partner-key-required}. */
  List<SoldSeats> feed(String key, long after, int size) {
    UUID partnerId =
        Optional.ofNullable(key)
            .map(FeedKey::new)
            .flatMap(partners::withFeedKey)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.PARTNER_KEY_REQUIRED,
                        "Send the key you were given in the header Partner-Key."));
    return sales.after(after, partnerId, size);
  }

  private static Refusal unknownPartner(UUID partnerId) {
    return new Refusal(Reason.UNKNOWN_PARTNER, "There is no partner " + partnerId + ".");
  }
}
