package org.ticketing.point;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Wallets of points. All amounts are whole points. */
@HttpExchange("/wallets/{userId}")
public interface PointApi {

  /**
   * Adds points to the wallet. Idempotent by the user's key. Refused with {@code unknown-user},
   * {@code user-withdrawn}, {@code balance-limit} or, when the key was used for another amount,
   * {@code idempotency-key-reused}.
   */
  @PostExchange("/charges")
  WalletView charge(
      @PathVariable("userId") UUID userId,
      @RequestHeader("Idempotency-Key") @NotBlank @Size(max = 100) String key,
      @Valid @RequestBody Charge charge);

  /**
   * The wallet of a user; empty if it was never charged. Points that a payment has used are missing
   * as soon as they are used. If it is undone afterwards, as can happen in a saga, they come back.
   */
  @GetExchange
  WalletView wallet(@PathVariable("userId") UUID userId);

  /**
   * The entries of a wallet, the latest first. A use does not tell that its payment has completed:
   * a refund may follow.
   *
   * @param page counted from 0
   * @param size 1 to 100
   */
  @GetExchange("/entries")
  List<EntryView> history(
      @PathVariable("userId") UUID userId,
      @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
      @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(100) int size);

  record Charge(@Schema(example = "1000") @Min(1) @Max(1_000_000_000) long amount) {}

  /**
   * @param reserved the part of the balance that payments under way have reserved
   */
  record WalletView(UUID userId, long balance, long reserved) {}

  enum Kind {
    CHARGE,
    USE,
    REFUND
  }

  /**
   * @param amount what it added to the balance; negative for a use
   */
  record EntryView(Kind kind, long amount, UUID paymentId, Instant createdAt) {}
}
