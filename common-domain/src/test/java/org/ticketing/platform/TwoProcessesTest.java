package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.client.HttpClientErrorException;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.DomainApplication;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/** What services ask those that depend on them is answered by another process as well. */
@OnRealDatabase.Postgresql
@TestInstance(Lifecycle.PER_CLASS)
class TwoProcessesTest {

  private static final Set<String> MOVED = Set.of("user", "seat");

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();

  @LocalServerPort private int port;
  @Autowired private Environment environment;

  private ConfigurableApplicationContext process;
  private UserApi users;
  private SeatApi seats;

  @BeforeAll
  void startUserAndSeatInAProcessOfTheirOwn() {
    Map<String, Object> properties =
        new HashMap<>(keys.properties(List.copyOf(MOVED), OnRealDatabase.PROCESSES));
    properties.put(Service.HOSTED, String.join(",", MOVED));
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", "0");
    for (String setting : List.of("url", "username", "password")) {
      String name = "spring.datasource." + setting;
      properties.put(name, environment.getRequiredProperty(name));
    }
    for (Service service : Service.values()) {
      properties.put(
          "spring.http.serviceclient." + service.id() + ".base-url", "http://127.0.0.1:" + port);
    }
    process = new SpringApplicationBuilder(DomainApplication.class).properties(properties).run();
    users = moved(UserApi.class, null);
    seats = moved(SeatApi.class, Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
  }

  @AfterAll
  void stop() {
    process.close();
  }

  @Test
  void aUserWithPointsCannotWithdraw() {
    UUID ann = register();
    api(port, PointApi.class, Bearer.user(keys, ann)).charge(ann, "opening", new Charge(1));

    assertRefused("points-remain", () -> asUser(ann).withdraw(ann));
    assertThat(asUser(ann).find(ann).active()).isTrue();
  }

  @Test
  void aUserWithAReservationCannotWithdrawUntilItIsCancelled() {
    UUID ann = register();
    ReservationApi reservations = api(port, ReservationApi.class, Bearer.user(keys, ann));
    SeatView seat = seats.seats(scheduleWithTwoSeats(), true).get(0);
    UUID reservation = reservations.reserve(new ReservationRequest(seat.id(), null)).id();

    assertRefused("reservations-remain", () -> asUser(ann).withdraw(ann));

    reservations.cancel(reservation);
    asUser(ann).withdraw(ann);
    assertThat(asUser(ann).find(ann).active()).isFalse();
  }

  @Test
  void aReservedSeatIsShownAsTaken() {
    UUID schedule = scheduleWithTwoSeats();
    UUID seat = api(port, SeatApi.class, null).seats(schedule, true).get(0).id();
    api(port, ReservationApi.class, Bearer.user(keys, register()))
        .reserve(new ReservationRequest(seat, null));

    assertThat(seats.seats(schedule, true))
        .extracting(SeatView::id)
        .hasSize(1)
        .doesNotContain(seat);
  }

  @Test
  void aTokenIsForTheServiceThatItNamesAlone() {
    UUID ann = register();

    assertThat(moved(UserApi.class, token("payment", "user")).find(ann).active()).isTrue();
    assertThatThrownBy(() -> moved(UserApi.class, token("payment", "point")).find(ann))
        .isInstanceOf(HttpClientErrorException.Unauthorized.class);
  }

  private static String token(String caller, String called) {
    return OnRealDatabase.Servers.token(caller, called);
  }

  private UUID register() {
    return users
        .register(new Registration(UUID.randomUUID() + "@example.org", "Ann", "a password"))
        .id();
  }

  private UUID scheduleWithTwoSeats() {
    ConcertApi concerts =
        api(port, ConcertApi.class, Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    UUID schedule = concerts.schedule(concert, new ScheduleDetails("Hall", nextYear)).id();
    seats.layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 2, 10))));
    return schedule;
  }

  private UserApi asUser(UUID userId) {
    return moved(UserApi.class, Bearer.user(keys, userId));
  }

  private <T> T moved(Class<T> type, String bearer) {
    return api(
        process.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
        type,
        bearer);
  }

  private static <T> T api(int port, Class<T> type, String bearer) {
    return Apis.at(port).as(bearer).api(type);
  }

  private static void assertRefused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(HttpClientErrorException.Conflict.class)
        .hasMessageContaining(Problems.TYPE_PREFIX + reason);
  }
}
