package org.ticketing.tcc;

import java.util.List;
import org.springframework.stereotype.Component;
import org.ticketing.platform.tracking.Holding;
import org.ticketing.platform.tracking.Holdings;
import org.ticketing.platform.tracking.TransactionKey;

/** What the fence of this process holds of a payment: the row of its branch. */
@Component
class FenceHoldings implements Holdings {

  private final FenceRows fence;

  FenceHoldings(FenceRows fence) {
    this.fence = fence;
  }

  @Override
  public List<Holding> of(TransactionKey transaction) {
    return fence.of(transaction).stream().map(FenceHoldings::holding).toList();
  }

  private static Holding holding(FenceRow row) {
    String recovery = row.open() && row.suspended() ? ", recovery stopped" : "";
    return new Holding(
        row.action(),
        "fence row",
        row.state() + recovery,
        row.state().meaning(),
        row.open() ? row.begunAt() : row.changedAt(),
        List.of());
  }
}
