package org.ticketing.point;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.ticketing.point.PointApi.WalletView;

@Entity
@Table(name = "wallet")
class Wallet {

  @Id private UUID userId;
  private long balance;
  private long held;
  @Version private Integer version;

  protected Wallet() {}

  Wallet(UUID userId) {
    this.userId = userId;
  }

  /** What a new payment may use: the balance without what other payments have set aside. */
  long available() {
    return balance - held;
  }

  long balance() {
    return balance;
  }

  /**
   * @param amount negative to take points out
   */
  void add(long amount) {
    balance = Math.addExact(balance, amount);
  }

  void setAside(long amount) {
    held = Math.addExact(held, amount);
  }

  void giveBack(long amount) {
    held = Math.subtractExact(held, amount);
  }

  WalletView view() {
    return new WalletView(userId, balance, held);
  }
}
