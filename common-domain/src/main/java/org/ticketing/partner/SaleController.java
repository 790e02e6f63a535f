package org.ticketing.partner;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SaleController implements SaleApi {

  private final SaleService service;

  SaleController(SaleService service) {
    this.service = service;
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void record(List<Sale> sales) {
    service.record(sales);
  }

  @Override
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void cancel(List<UUID> paymentIds) {
    service.cancel(paymentIds);
  }
}
