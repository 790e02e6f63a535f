package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.payment.AcceptedPayments.Untold;
import org.ticketing.payment.PayerWebhooks.Post;
import org.ticketing.payment.PaymentApi.PayerWebhook;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a payment whose payer cannot be told. */
class PayerWebhooksTest {

  private static final int ATTEMPTS = 3;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();
  private final AcceptedPayments accepted = mock();
  private final PayerWebhooks webhooks =
      new PayerWebhooks(
          AsynchronySettings.with(
              Map.of(
                  "webhook.attempts",
                  String.valueOf(ATTEMPTS),
                  "webhook.allow-local-addresses",
                  "true")),
          accepted,
          mock(),
          JsonMapper.shared(),
          Clock.systemUTC());

  @BeforeEach
  void nobodyListens() throws IOException {
    int nobody;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    var webhook = new PayerWebhook(URI.create("http://127.0.0.1:" + nobody), "0123456789abcdef");
    when(accepted.nextUntold(user)).thenReturn(Optional.of(new Untold(payment, webhook)));
  }

  @AfterEach
  void close() throws IOException {
    webhooks.destroy();
  }

  @Test
  void itIsTriedAgainUntilTooManyAttemptsHaveFailed() {
    assertThat(webhooks.postNext(user, ATTEMPTS - 2)).isEqualTo(Post.FAILED);
    verify(accepted, never()).told(payment);

    assertThat(webhooks.postNext(user, ATTEMPTS - 1)).isEqualTo(Post.FAILED);
    verify(accepted).told(payment);
  }

  @Test
  void anEndpointThatHasBeenSilentForLongGetsOneAttempt() {
    assertThat(webhooks.postNext(user, 10 * ATTEMPTS)).isEqualTo(Post.FAILED);
    verify(accepted).told(payment);
  }

  @Test
  void nothingIsPostedOnceAllIsTold() {
    when(accepted.nextUntold(user)).thenReturn(Optional.empty());
    assertThat(webhooks.postNext(user, 0)).isEqualTo(Post.NOTHING_LEFT);
    assertThat(webhooks.hasToTell(user)).isFalse();
  }
}
