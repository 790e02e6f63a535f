package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.concert.ConcertApi.ScheduleView;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.user.UserApi.Session;

/** A time is the same when it is told at once and when it is read later. */
@OnRealDatabase.Postgresql
class TimesTest {

  private static final String PASSWORD = "correct horse";

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();
  private final String email = UUID.randomUUID() + "@example.org";

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private Apis visitor;
  private ScheduleView schedule;

  @BeforeEach
  void scheduleAConcert() {
    visitor = Apis.at(port);
    Apis operator = visitor.as(Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    ConcertApi concerts = operator.api(ConcertApi.class);
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    Instant precise = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusNanos(123_456_789);
    schedule =
        concerts.schedule(concert, new ScheduleDetails("Hall", precise.plus(365, ChronoUnit.DAYS)));
    operator
        .api(SeatApi.class)
        .layOut(schedule.id(), new Layout(List.of(new Section("Stalls", "A", 1, 1, 10))));
  }

  @Test
  void theBeginOfASchedule() {
    assertThat(visitor.api(ConcertApi.class).findSchedule(schedule.id())).isEqualTo(schedule);
  }

  @Test
  void theEndOfAHold() {
    ReservationApi reservations =
        visitor.as(Bearer.user(keys, register())).api(ReservationApi.class);
    UUID seat = visitor.api(SeatApi.class).seats(schedule.id(), true).get(0).id();

    ReservationView held =
        reservations.reserve(new ReservationRequest(seat, Duration.ofSeconds(100, 123_456_789)));

    assertThat(reservations.find(held.id())).isEqualTo(held);
    assertThat(held.heldUntil())
        .isEqualTo(
            jdbc.sql("SELECT held_until FROM reservation WHERE id = :id")
                .param("id", held.id())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single());
  }

  @Test
  void theEndOfASession() {
    register();
    Session session = visitor.api(UserApi.class).logIn(new Credentials(email, PASSWORD));

    JwtDecoder tokens =
        NimbusJwtDecoder.withPublicKey((RSAPublicKey) keys.userTokens().getPublic()).build();
    assertThat(tokens.decode(session.token()).getExpiresAt()).isEqualTo(session.expiresAt());
  }

  private UUID register() {
    return visitor.api(UserApi.class).register(new Registration(email, "Ann", PASSWORD)).id();
  }
}
