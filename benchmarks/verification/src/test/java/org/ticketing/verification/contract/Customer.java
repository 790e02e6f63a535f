package org.ticketing.verification.contract;

import java.util.UUID;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.payment.PaymentApi.PaymentRequest;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.workload.PublicApis;

/** A user who buys tickets, signed in. */
public record Customer(UUID id, PublicApis apis) {

  private static final String PASSWORD = "der Leiermann";

  static Customer register(PublicApis visitor) {
    String email = UUID.randomUUID() + "@example.org";
    UUID id = visitor.users().register(new Registration(email, "Jo", PASSWORD)).id();
    return new Customer(id, visitor.as(email, PASSWORD));
  }

  public void charge(long points) {
    apis.points().charge(id, UUID.randomUUID().toString(), new Charge(points));
  }

  public long balance() {
    return apis.points().wallet(id).balance();
  }

  public long reserved() {
    return apis.points().wallet(id).reserved();
  }

  Answer pay(UUID reservation) {
    return pay(UUID.randomUUID().toString(), reservation);
  }

  Answer pay(String key, UUID reservation) {
    try {
      return Answer.completed(apis.payments().pay(key, new PaymentRequest(reservation)));
    } catch (RestClientResponseException failure) {
      return Answer.failed(failure);
    } catch (RestClientException noAnswer) {
      return Answer.none(noAnswer);
    }
  }
}
