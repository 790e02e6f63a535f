package org.ticketing.benchmarks.load;

import java.util.UUID;
import org.ticketing.client.PublicApis;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.user.UserApi.Registration;

/** A registered user, signed in, with points in the wallet. */
public record Buyer(UUID id, PublicApis apis) {

  private static final String PASSWORD = "correct horse battery staple";

  /**
   * @param visitor somebody who has not signed in
   * @param points to charge the wallet with, or 0
   */
  public static Buyer register(PublicApis visitor, long points) {
    String email = UUID.randomUUID() + "@example.org";
    UUID id = visitor.users().register(new Registration(email, "A buyer", PASSWORD)).id();
    Buyer buyer = new Buyer(id, visitor.as(email, PASSWORD));
    if (points > 0) {
      buyer.apis().points().charge(id, "opening", new Charge(points));
    }
    return buyer;
  }
}
