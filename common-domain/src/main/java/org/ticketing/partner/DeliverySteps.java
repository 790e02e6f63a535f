package org.ticketing.partner;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.partner.PartnerApi.Status;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.platform.Backoff;

/**
 * Decides before and after each post what comes next, in short transactions. Each locks the
 * partner's row, as the recording of a sale does: either the job sees the new sale, or the sale
 * sees that there is no job and stages one.
 */
@Component
class DeliverySteps {

  /** A sale to be posted. */
  record Post(URI url, String secret, SoldSeats sale) {

    @Override
    public String toString() {
      return "Post of sale " + sale.number();
    }
  }

  private static final Logger log = LoggerFactory.getLogger(DeliverySteps.class);

  private final PartnerRepository partners;
  private final Deliveries deliveries;
  private final PartnerProperties properties;
  private final Clock clock;

  DeliverySteps(
      PartnerRepository partners,
      Deliveries deliveries,
      PartnerProperties properties,
      Clock clock) {
    this.partners = partners;
    this.deliveries = deliveries;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * The first sale that is not delivered yet. None if the job has ended: nothing is left to
   * deliver, or the partner has another job.
   */
  @Transactional
  Optional<Post> next(UUID activation) {
    return partners.lockActivated(activation).flatMap(this::next);
  }

  /** Records a delivery and returns the next, as {@link #next} does. */
  @Transactional
  Optional<Post> succeeded(UUID activation, long number) {
    Optional<Partner> partner = partners.lockActivated(activation);
    partner.ifPresent(
        found -> {
          deliveries.succeeded(found.id(), number, clock.instant());
          if (found.failures() > 0) {
            partners.delivered(found.id());
          }
        });
    return partner.flatMap(this::next);
  }

  private Optional<Post> next(Partner partner) {
    Optional<SoldSeats> sale = deliveries.next(partner.id());
    if (sale.isEmpty()) {
      partners.becomeIdle(partner.id());
    }
    return sale.map(found -> new Post(partner.url(), partner.secret(), found));
  }

  /**
   * @return the pause before the next attempt; empty if this was the last
   */
  @Transactional
  Optional<Duration> failed(UUID activation, long number, String error) {
    return partners
        .lockActivated(activation)
        .flatMap(
            partner -> {
              deliveries.failed(partner.id(), number);
              Status status = partners.failed(partner.id(), error, properties.attempts());
              if (status == Status.PARKED) {
                log.warn("Partner {} is parked: {}", partner.id(), error);
                return Optional.empty();
              }
              return Optional.of(Backoff.after(partner.failures() + 1));
            });
  }
}
