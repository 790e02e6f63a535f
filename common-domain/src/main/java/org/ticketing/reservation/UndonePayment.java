package org.ticketing.reservation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.springframework.data.domain.Persistable;

/**
 * A payment that was undone here, be it before its step arrived. Remembered so that the step, when
 * it arrives late, is refused instead of being done for good.
 */
@Entity
@Table(name = "undone_payment")
class UndonePayment implements Persistable<UUID> {

  @Id private UUID paymentId;

  protected UndonePayment() {}

  UndonePayment(UUID paymentId) {
    this.paymentId = paymentId;
  }

  @Override
  public UUID getId() {
    return paymentId;
  }

  @Override
  public boolean isNew() {
    return true;
  }
}
