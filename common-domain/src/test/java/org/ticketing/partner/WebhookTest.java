package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.partner.DeliverySteps.Post;
import org.ticketing.partner.PartnerFeedApi.Event;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.partner.Receiver.Received;
import tools.jackson.databind.json.JsonMapper;

class WebhookTest {

  private static final String SECRET = "a secret of some length";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final JsonMapper json = JsonMapper.builder().build();
  private final SoldSeats sale =
      new SoldSeats(
          7,
          Event.SOLD,
          UUID.randomUUID(),
          UUID.randomUUID(),
          List.of(UUID.randomUUID()),
          100,
          NOW);

  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aPostCarriesTheSaleAndItsNumber() throws Exception {
    assertThat(post(receiver.url())).isEmpty();
    Received post = receiver.received().get(0);
    assertThat(post.sale()).isEqualTo(7);
    assertThat(json.readValue(post.body(), SoldSeats.class)).isEqualTo(sale);
  }

  @Test
  void theReceiverCanVerifyTheSignature() throws Exception {
    post(receiver.url());
    Received post = receiver.received().get(0);
    assertThat(post.timestamp()).isEqualTo(NOW.getEpochSecond());

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(), "HmacSHA256"));
    byte[] expected = mac.doFinal((post.timestamp() + "." + new String(post.body())).getBytes());
    var hex = new StringBuilder("v1=");
    for (byte part : expected) {
      hex.append("%02x".formatted(part));
    }
    assertThat(post.signature()).isEqualTo(hex.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 299})
  void everySuccessIsADelivery(int status) throws Exception {
    receiver.answer(status);
    assertThat(post(receiver.url())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {304, 400, 404, 500, 503})
  void everythingElseIsAFailure(int status) throws Exception {
    receiver.answer(status);
    assertThat(post(receiver.url())).get().asString().contains(String.valueOf(status));
  }

  @Test
  void aRedirectIsNotFollowedAndCountsAsFailure() throws Exception {
    receiver.redirectTo("/elsewhere");
    assertThat(post(receiver.url())).get().asString().contains("307");
    assertThat(receiver.received()).extracting(Received::path).containsExactly("/sales");
  }

  @Test
  void noAnswerCountsAsFailure() throws Exception {
    receiver.neverAnswer();
    assertThat(post(receiver.url(), Duration.ofMillis(300))).get().asString().contains("PT0.3S");
  }

  @Test
  void anAnswerThatDoesNotEndCountsAsFailure() throws Exception {
    receiver.trickle();
    assertThat(post(receiver.url(), Duration.ofMillis(300))).get().asString().contains("PT0.3S");
  }

  @Test
  void theErrorOfAFailedConnectionContainsNoSecret() throws Exception {
    receiver.close();
    assertThat(post(receiver.url()))
        .get()
        .asString()
        .contains("ConnectException")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void aLocalAddressIsNotPostedTo(String host) throws Exception {
    URI local = URI.create(receiver.url().toString().replace("127.0.0.1", host));

    assertThat(post(local, new PartnerProperties(PATIENCE, 1, false)))
        .get()
        .asString()
        .contains("LocalAddressException");
    assertThat(receiver.received()).isEmpty();
  }

  private Optional<String> post(URI url) throws Exception {
    return post(url, PATIENCE);
  }

  private Optional<String> post(URI url, Duration timeout) throws Exception {
    return post(url, new PartnerProperties(timeout, 1, true));
  }

  private Optional<String> post(URI url, PartnerProperties properties) throws Exception {
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    var webhook = new Webhook(properties, json, clock);
    try {
      return webhook.post(new Post(url, SECRET, sale));
    } finally {
      webhook.destroy();
    }
  }
}
