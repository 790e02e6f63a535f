package org.ticketing.verification.contract;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ticketing.testing.Database;

/** The payments of which others are still to be told, as the payment service stores them. */
public record FollowUps(RunningSystem system) {

  private static final String TABLE = "payment.follow_up";
  private static final String STAGING = "WITH completed";

  /** Those of the payment. */
  public long of(Purchase purchase) {
    return count("IN", "idempotency_key = '" + purchase.key() + "'");
  }

  /** Those of payments that are not COMPLETED, or not recorded at all. */
  public long withoutPayment() {
    return count("NOT IN", "status = 'COMPLETED'");
  }

  private long count(String membership, String payments) {
    return payment()
        .count(
            TABLE,
            "payment_id %s (SELECT id FROM payment.payment WHERE %s)"
                .formatted(membership, payments));
  }

  /** Begins to pay, and kills the process at the moment its follow-up is being staged. */
  public CompletableFuture<String> payAndKill(Purchase purchase, String process)
      throws SQLException {
    return payUntilStaging(purchase, () -> system.process(process).kill());
  }

  /** Begins to pay, and does something at the moment its follow-up is being staged. */
  public CompletableFuture<String> payUntilStaging(Purchase purchase, Runnable then)
      throws SQLException {
    try (var lock = payment().lock(TABLE)) {
      CompletableFuture<String> answer = purchase.startPaying();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(30))
          .until(() -> payment().isSomebodyWaitingTo(STAGING));
      then.run();
      return answer;
    }
  }

  private Database payment() {
    return system.database("payment");
  }
}
