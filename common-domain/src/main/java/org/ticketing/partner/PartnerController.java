package org.ticketing.partner;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PartnerController implements PartnerApi {

  private final PartnerService partners;
  private final Webhook webhook;

  PartnerController(PartnerService partners, Webhook webhook) {
    this.partners = partners;
    this.webhook = webhook;
  }

  @Override
  @ResponseStatus(HttpStatus.CREATED)
  public NewPartner register(PartnerDetails details) {
    webhook.require(details.url());
    return partners.register(details);
  }

  @Override
  public List<PartnerView> list(int page, int size) {
    return partners.list(page, size);
  }

  @Override
  public PartnerView find(UUID partnerId) {
    return partners.find(partnerId);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void end(UUID partnerId) {
    partners.end(partnerId);
  }

  @Override
  public PartnerView resume(UUID partnerId) {
    return partners.resume(partnerId);
  }

  @Override
  public List<DeliveryView> deliveries(UUID partnerId, int page, int size) {
    return partners.deliveries(partnerId, page, size);
  }
}
