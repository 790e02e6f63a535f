package org.ticketing.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.HttpClientErrorException;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.platform.Problems;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

/** Tests what customers are told when they ask for a seat again. */
@OnRealDatabase.Postgresql
class RepeatedReservationTest {

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();

  @LocalServerPort private int port;

  private ConcertApi concerts;
  private UUID schedule;
  private ReservationRequest seat;
  private ReservationRequest otherSeat;
  private ReservationApi ann;
  private ReservationApi bob;

  @BeforeEach
  void openSales() {
    Apis operator = Apis.at(port).as(Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    concerts = operator.api(ConcertApi.class);
    UUID concert = concerts.create(new ConcertDetails("The Two Generals", "")).id();
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    schedule = concerts.schedule(concert, new ScheduleDetails("Hall", nextYear)).id();
    SeatApi seats = operator.api(SeatApi.class);
    seats.layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 2, 100))));
    List<SeatView> two = seats.seats(schedule, false);
    seat = new ReservationRequest(two.get(0).id(), null);
    otherSeat = new ReservationRequest(two.get(1).id(), null);
    ann = asSomebodyNew();
    bob = asSomebodyNew();
  }

  @Test
  void theirOwnSeatIsTheirsAndNobodyElses() {
    UUID first = ann.reserve(seat).id();

    assertThat(ann.reserve(seat).id()).isEqualTo(first);
    assertRefused("seat-taken", () -> bob.reserve(seat));
  }

  @Test
  void aKeyGetsItsReservationAgainWhenSalesHaveEnded() {
    UUID first = ann.reserve("once", seat).id();
    concerts.cancelSchedule(schedule);

    assertThat(ann.reserve("once", seat).id()).isEqualTo(first);
    assertRefused("not-on-sale", () -> ann.reserve(seat));
    assertRefused("not-on-sale", () -> bob.reserve("once", otherSeat));
  }

  @Test
  void aKeyIsForOneSeat() {
    ann.reserve("once", seat);

    assertRefused("idempotency-key-reused", () -> ann.reserve("once", otherSeat));
    assertThat(bob.reserve("once", otherSeat).seatId()).isEqualTo(otherSeat.seatId());
  }

  @Test
  void aRefusedRequestLeavesItsKeyUnused() {
    UUID others = bob.reserve(seat).id();
    assertRefused("seat-taken", () -> ann.reserve("once", seat));
    bob.cancel(others);

    assertThat(ann.reserve("once", seat).id()).isNotEqualTo(others);
  }

  @Test
  void aKeyHasAHundredCharactersAtTheMost() {
    assertRefused("invalid-request", () -> ann.reserve("k".repeat(101), seat));
    assertThat(ann.reserve("k".repeat(100), seat).seatId()).isEqualTo(seat.seatId());
  }

  private ReservationApi asSomebodyNew() {
    var registration =
        new Registration(UUID.randomUUID() + "@example.org", "A customer", "correct horse");
    UUID id = Apis.at(port).api(UserApi.class).register(registration).id();
    return Apis.at(port).as(Bearer.user(keys, id)).api(ReservationApi.class);
  }

  private static void assertRefused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(HttpClientErrorException.class)
        .hasMessageContaining(Problems.TYPE_PREFIX + reason);
  }
}
