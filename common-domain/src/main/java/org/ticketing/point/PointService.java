package org.ticketing.point;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.ticketing.platform.Refusal;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.point.PointApi.WalletView;

/**
 * Wallets and their part in a payment: in one step ({@link #use}, undone by {@link #refund}) or in
 * two ({@link #hold}, then {@link #confirm} or {@link #release}).
 *
 * <p>The steps of a payment are idempotent by its id, each takes the lock of the wallet's row
 * first, and one that arrives after the payment was undone is refused with {@code payment-undone}.
 */
@Service
@Transactional
public class PointService {

  /** The largest balance, also held by a constraint of the database. */
  private static final long BALANCE_LIMIT = 1_000_000_000_000_000L;

  private final WalletRepository wallets;
  private final PointEntryRepository entries;
  private final PointHoldRepository holds;
  private final Clock clock;

  PointService(
      WalletRepository wallets,
      PointEntryRepository entries,
      PointHoldRepository holds,
      Clock clock) {
    this.wallets = wallets;
    this.entries = entries;
    this.holds = holds;
    this.clock = clock;
  }

  WalletView charge(UUID userId, String key, long amount) {
    Wallet wallet = lock(userId);
    Optional<PointEntry> earlier = entries.findByUserIdAndChargeKey(userId, key);
    if (earlier.isPresent()) {
      if (earlier.get().amount() != amount) {
        throw new Refusal(
            "idempotency-key-reused",
            HttpStatus.UNPROCESSABLE_CONTENT,
            "This key was used to charge another amount.");
      }
      return wallet.view();
    }
    if (wallet.balance() > BALANCE_LIMIT - amount) {
      throw new Refusal(
          "balance-limit",
          HttpStatus.UNPROCESSABLE_CONTENT,
          "A wallet holds " + BALANCE_LIMIT + " points at the most.");
    }
    wallet.add(amount);
    entries.save(PointEntry.charge(userId, amount, key, clock.instant()));
    return wallet.view();
  }

  @Transactional(readOnly = true)
  WalletView wallet(UUID userId) {
    return wallets.findById(userId).orElseGet(() -> new Wallet(userId)).view();
  }

  @Transactional(readOnly = true)
  List<EntryView> history(UUID userId, int page, int size) {
    return entries.findByUserIdOrderByIdDesc(userId, PageRequest.of(page, size)).stream()
        .map(PointEntry::view)
        .toList();
  }

  /** Takes points out of the wallet. Refused with {@code insufficient-points}. */
  public void use(UUID paymentId, UUID userId, long amount) {
    Wallet wallet = lock(userId);
    List<PointEntry> earlier = entries.findByPaymentId(paymentId);
    if (earlier.stream().anyMatch(entry -> entry.kind() == Kind.REFUND)) {
      throw undone();
    }
    if (earlier.isEmpty()) {
      requireAvailable(wallet, amount);
      takeOut(wallet, paymentId, userId, amount);
    }
  }

  /** Undoes {@link #use}, also one that never happened or arrives later. */
  public void refund(UUID paymentId, UUID userId) {
    Wallet wallet = lock(userId);
    List<PointEntry> earlier = entries.findByPaymentId(paymentId);
    if (earlier.stream().noneMatch(entry -> entry.kind() == Kind.REFUND)) {
      long used = -earlier.stream().mapToLong(PointEntry::amount).sum();
      wallet.add(used);
      entries.save(PointEntry.refund(userId, used, paymentId, clock.instant()));
    }
  }

  /** Sets points aside. Refused with {@code insufficient-points}. */
  public void hold(UUID paymentId, UUID userId, long amount) {
    Wallet wallet = lock(userId);
    Optional<PointHold> earlier = holds.findById(paymentId);
    if (earlier.isEmpty()) {
      requireAvailable(wallet, amount);
      wallet.setAside(amount);
      holds.save(new PointHold(paymentId, userId, amount, PointHold.Status.HELD));
    } else if (earlier.get().is(PointHold.Status.RELEASED)) {
      throw undone();
    }
  }

  /**
   * Takes out the points that were set aside.
   *
   * @throws IllegalStateException the payment holds no points
   */
  public void confirm(UUID paymentId, UUID userId) {
    Wallet wallet = lock(userId);
    PointHold hold =
        holds
            .findById(paymentId)
            .filter(earlier -> !earlier.is(PointHold.Status.RELEASED))
            .orElseThrow(
                () -> new IllegalStateException("payment " + paymentId + " holds no points"));
    if (hold.is(PointHold.Status.HELD)) {
      hold.become(PointHold.Status.CONFIRMED);
      wallet.giveBack(hold.amount());
      takeOut(wallet, paymentId, userId, hold.amount());
    }
  }

  /** Undoes {@link #hold}, also one that never happened or arrives later. */
  public void release(UUID paymentId, UUID userId) {
    Wallet wallet = lock(userId);
    Optional<PointHold> earlier = holds.findById(paymentId);
    if (earlier.isEmpty()) {
      holds.save(new PointHold(paymentId, userId, 0, PointHold.Status.RELEASED));
    } else if (earlier.get().is(PointHold.Status.HELD)) {
      earlier.get().become(PointHold.Status.RELEASED);
      wallet.giveBack(earlier.get().amount());
    }
  }

  private void takeOut(Wallet wallet, UUID paymentId, UUID userId, long amount) {
    wallet.add(-amount);
    entries.save(PointEntry.use(userId, amount, paymentId, clock.instant()));
  }

  /** A wallet opens with whatever is first asked of it. */
  private Wallet lock(UUID userId) {
    return wallets.lock(userId).orElseGet(() -> wallets.saveAndFlush(new Wallet(userId)));
  }

  private static void requireAvailable(Wallet wallet, long amount) {
    if (wallet.available() < amount) {
      throw new Refusal(
          "insufficient-points",
          HttpStatus.CONFLICT,
          "The wallet has %d points available; %d are needed."
              .formatted(wallet.available(), amount));
    }
  }

  private static Refusal undone() {
    return new Refusal(
        "payment-undone", HttpStatus.CONFLICT, "This payment has been undone already.");
  }
}
