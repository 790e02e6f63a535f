package org.ticketing.partner;

import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PartnerFeedController implements PartnerFeedApi {

  private final PartnerService partners;

  PartnerFeedController(PartnerService partners) {
    this.partners = partners;
  }

  @Override
  public List<SoldSeats> after(String key, long after, int size) {
    return partners.feed(key, after, size);
  }
}
