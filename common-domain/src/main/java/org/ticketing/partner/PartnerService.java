package org.ticketing.partner;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.PartnerApi.DeliveryView;
import org.ticketing.partner.PartnerApi.NewPartner;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.partner.PartnerApi.PartnerView;
import org.ticketing.partner.PartnerApi.Status;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.platform.Refusal;

@Service
@Transactional
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
    FeedKey feedKey = FeedKey.create();
    try {
      return partners.saveAndFlush(new Partner(details, feedKey)).registered(feedKey);
    } catch (DataIntegrityViolationException taken) {
      throw new Refusal(
          "partner-exists", HttpStatus.CONFLICT, "Another partner has or had this name.");
    }
  }

  @Transactional(readOnly = true)
  List<PartnerView> list(int page, int size) {
    return partners.findByOrderByName(PageRequest.of(page, size)).stream().map(this::view).toList();
  }

  @Transactional(readOnly = true)
  PartnerView find(UUID partnerId) {
    return view(known(partners.findById(partnerId), partnerId));
  }

  void end(UUID partnerId) {
    lock(partnerId).end();
  }

  PartnerView resume(UUID partnerId) {
    Partner partner = lock(partnerId);
    if (partner.is(Status.ENDED)) {
      throw new Refusal("partner-ended", HttpStatus.CONFLICT, "This partner has been ended.");
    }
    partner.resume();
    partner.activate().ifPresent(job -> jobs.schedule(DeliveryJob.of(job), clock.instant()));
    return view(partner);
  }

  @Transactional(readOnly = true)
  List<DeliveryView> deliveries(UUID partnerId, int page, int size) {
    find(partnerId);
    return deliveries.of(partnerId, PageRequest.of(page, size));
  }

  /** Refused with {@code partner-key-required}. */
  @Transactional(readOnly = true)
  List<SoldSeats> feed(String key, long after, int size) {
    Partner partner =
        Optional.ofNullable(key)
            .map(FeedKey::new)
            .flatMap(known -> partners.findByFeedKeyHashAndStatusNot(known.hash(), Status.ENDED))
            .orElseThrow(
                () ->
                    new Refusal(
                        "partner-key-required",
                        HttpStatus.UNAUTHORIZED,
                        "Send the key you were given in the header Partner-Key."));
    return sales.after(after, partner.id(), size);
  }

  private PartnerView view(Partner partner) {
    return partner.view(deliveries.pending(partner.id()));
  }

  private Partner lock(UUID partnerId) {
    return known(partners.lock(partnerId), partnerId);
  }

  private static Partner known(Optional<Partner> partner, UUID partnerId) {
    return partner.orElseThrow(
        () ->
            new Refusal(
                "unknown-partner", HttpStatus.NOT_FOUND, "There is no partner " + partnerId + "."));
  }
}
