package org.ticketing.partner;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.ticketing.partner.DeliverySteps.Post;
import org.ticketing.platform.SignedWebhook;
import tools.jackson.databind.json.JsonMapper;

/** Posts a sale to a partner's endpoint, signed. */
@Component
class Webhook implements DisposableBean {

  static final String SALE = "Ticketing-Sale";

  private final SignedWebhook posts;
  private final JsonMapper json;

  Webhook(PartnerProperties properties, JsonMapper json, Clock clock) {
    this.posts = new SignedWebhook(properties.allowLocalAddresses(), properties.timeout(), clock);
    this.json = json;
  }

  /** Refused with {@code invalid-request} if nothing may be posted there. */
  void require(URI url) {
    posts.require(url);
  }

  /**
   * @return what went wrong, in a sentence; none if the endpoint accepted it
   * @throws IllegalStateException this process is being stopped; the endpoint may have accepted it
   */
  Optional<String> post(Post post) {
    return posts.post(
        post.url(),
        post.secret(),
        SALE,
        Long.toString(post.sale().number()),
        json.writeValueAsBytes(post.sale()));
  }

  @Override
  public void destroy() throws IOException {
    posts.close();
  }
}
