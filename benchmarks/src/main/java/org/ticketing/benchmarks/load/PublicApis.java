package org.ticketing.benchmarks.load;

import java.util.function.UnaryOperator;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.ticketing.concert.ConcertApi;
import org.ticketing.payment.PaymentApi;
import org.ticketing.point.PointApi;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.seat.SeatApi;
import org.ticketing.user.UserApi;

/**
 * A system as its customers see it. A refusal arrives as {@link
 * org.springframework.web.client.RestClientResponseException} with the problem detail as its body.
 */
public record PublicApis(
    UserApi users,
    ConcertApi concerts,
    SeatApi seats,
    ReservationApi reservations,
    PointApi points,
    PaymentApi payments) {

  /**
   * @param urls the base URL of a service by its name
   */
  public static PublicApis at(UnaryOperator<String> urls) {
    var connections = new HttpComponentsClientHttpRequestFactory(Connections.pooled());
    return new PublicApis(
        client(connections, urls.apply("user"), UserApi.class),
        client(connections, urls.apply("concert"), ConcertApi.class),
        client(connections, urls.apply("seat"), SeatApi.class),
        client(connections, urls.apply("reservation"), ReservationApi.class),
        client(connections, urls.apply("point"), PointApi.class),
        client(connections, urls.apply("payment"), PaymentApi.class));
  }

  private static <T> T client(
      HttpComponentsClientHttpRequestFactory connections, String url, Class<T> api) {
    var client = RestClient.builder().requestFactory(connections).baseUrl(url).build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
        .build()
        .createClient(api);
  }
}
