package org.ticketing.payment;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.ticketing.payment.AcceptedPayments.Untold;
import org.ticketing.payment.PaymentApi.PayerWebhook;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.SignedWebhook;
import tools.jackson.databind.json.JsonMapper;

/** Posts payments that have ended to those who have paid, signed. */
@Component
class PayerWebhooks implements DisposableBean {

  /** What became of an attempt. */
  enum Post {
    TOLD,
    FAILED,
    NOTHING_LEFT
  }

  private static final Logger log = LoggerFactory.getLogger(PayerWebhooks.class);

  private static final String PAYMENT = "Ticketing-Payment";

  private final SignedWebhook posts;
  private final AcceptedPayments accepted;
  private final PaymentService payments;
  private final JsonMapper json;
  private final int attempts;

  PayerWebhooks(
      Asynchrony settings,
      AcceptedPayments accepted,
      PaymentService payments,
      JsonMapper json,
      Clock clock) {
    this.posts =
        new SignedWebhook(
            settings.webhook().allowLocalAddresses(), settings.webhook().timeout(), clock);
    this.accepted = accepted;
    this.payments = payments;
    this.json = json;
    this.attempts = settings.webhook().attempts();
  }

  /** Refused with {@code invalid-request} if nothing may be posted there. */
  void require(URI url) {
    posts.require(url);
  }

  /**
   * Refused with {@code idempotency-key-reused} if the payment, which is under way, was accepted
   * without this webhook: a payer who names it would wait for a post that never comes.
   */
  void requireNamed(UUID paymentId, PayerWebhook webhook) {
    if (!PaymentService.orUnknown(() -> accepted.hasWebhook(paymentId, webhook))) {
      throw new Refusal(
          Reason.IDEMPOTENCY_KEY_REUSED, "The payment with this key does not have this webhook.");
    }
  }

  /**
   * Posts, as it is now, the payment that ended first of those of which the user has still to be
   * told. It stays the next one until it is accepted, or given up.
   *
   * @param failures of the user's endpoints in a row before. An attempt that fails after too many
   *     gives up its payment, so that an endpoint which has been silent for long gets one attempt
   *     for each
   */
  Post postNext(UUID user, int failures) {
    Optional<Untold> next = accepted.nextUntold(user);
    if (next.isEmpty()) {
      return Post.NOTHING_LEFT;
    }
    Untold untold = next.get();
    String id = untold.paymentId().toString();
    byte[] body = json.writeValueAsBytes(payments.find(untold.paymentId()));
    Optional<String> error = post(untold.webhook(), id, body);
    if (error.isEmpty()) {
      accepted.told(untold.paymentId());
      return Post.TOLD;
    }
    if (failures + 1 >= attempts) {
      log.warn("The payer of {} is not told: {}", id, error.get());
      accepted.told(untold.paymentId());
    }
    return Post.FAILED;
  }

  private Optional<String> post(PayerWebhook webhook, String id, byte[] body) {
    return posts.post(webhook.url(), webhook.secret(), PAYMENT, id, body);
  }

  boolean hasToTell(UUID user) {
    return accepted.nextUntold(user).isPresent();
  }

  List<UUID> untoldUsers() {
    return accepted.untoldUsers();
  }

  @Override
  public void destroy() throws IOException {
    posts.close();
  }
}
