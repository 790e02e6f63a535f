package org.ticketing.partner;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.ticketing.partner.PartnerApi.NewPartner;
import org.ticketing.partner.PartnerApi.PartnerDetails;
import org.ticketing.partner.SaleApi.Sale;

/**
 * The partners of one test. They end with it, so that they are not told of the sales of the next.
 */
class SomePartners implements AutoCloseable {

  static final String SECRET = "a secret of some length";

  private final List<UUID> registered = new ArrayList<>();
  private final PartnerService partners;

  SomePartners(PartnerService partners) {
    this.partners = partners;
  }

  NewPartner register(URI url) {
    NewPartner partner =
        partners.register(new PartnerDetails(UUID.randomUUID().toString(), url, SECRET));
    registered.add(partner.id());
    return partner;
  }

  static Sale sale() {
    return new Sale(UUID.randomUUID(), UUID.randomUUID(), List.of(UUID.randomUUID()), 100);
  }

  @Override
  public void close() {
    registered.forEach(partners::end);
  }
}
