package org.ticketing.payment;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.ticketing.payment.AcceptedPayments.Hook;
import org.ticketing.platform.SignedWebhook;
import tools.jackson.databind.json.JsonMapper;

/** Posts payments that have ended to those who have paid, signed. */
@Component
class PayerWebhooks implements DisposableBean {

  private static final String PAYMENT = "Ticketing-Payment";

  private final SignedWebhook posts;
  private final AcceptedPayments accepted;
  private final PaymentService payments;
  private final JsonMapper json;

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
  }

  /** Refused with {@code invalid-request} if nothing may be posted there. */
  void require(URI url) {
    posts.require(url);
  }

  /**
   * Posts the payment as it is now.
   *
   * @return what went wrong, in a sentence; none if it was accepted, or if nobody is to be told
   */
  Optional<String> post(UUID paymentId) {
    Optional<Hook> hook = accepted.hookOf(paymentId);
    if (hook.isEmpty()) {
      return Optional.empty();
    }
    byte[] body = json.writeValueAsBytes(payments.find(paymentId));
    return posts.post(hook.get().url(), hook.get().secret(), PAYMENT, paymentId.toString(), body);
  }

  @Override
  public void destroy() throws IOException {
    posts.close();
  }
}
