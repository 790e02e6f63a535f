package org.ticketing.seat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.ticketing.client.PublicApis;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.SystemKeys;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi.Registration;

@OnRealDatabase.Postgresql
class SeatMapTest {

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();

  @LocalServerPort private int port;

  private PublicApis visitor;
  private PublicApis operator;
  private UUID schedule;

  @BeforeEach
  void plan() {
    visitor =
        PublicApis.at(service -> "http://127.0.0.1:" + port, new JdkClientHttpRequestFactory());
    operator = visitor.as(() -> Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    UUID concert = operator.concerts().create(new ConcertDetails("The Two Generals", "")).id();
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    schedule = operator.concerts().schedule(concert, new ScheduleDetails("Hall", nextYear)).id();
  }

  @Test
  void showsTensOfThousandsOfSeatsInOrder() {
    layOut(new Section("Stalls", "A", 100, 150, 100), new Section("Circle", "B", 50, 100, 50));

    List<SeatView> seats = visitor.seats().seats(schedule, false);

    assertThat(seats).hasSize(20_000).allMatch(SeatView::free);
    SeatView first = seats.get(0);
    assertThat(first).isEqualTo(new SeatView(first.id(), "Circle", 1, 1, "B", 50, true));
    SeatView last = seats.get(19_999);
    assertThat(last).isEqualTo(new SeatView(last.id(), "Stalls", 100, 150, "A", 100, true));
  }

  @Test
  void showsSectionsThatAreAddedLaterAtOnce() {
    layOut(new Section("Stalls", "A", 1, 2, 100));
    assertThat(visitor.seats().seats(schedule, false)).hasSize(2);
    layOut(new Section("Circle", "B", 1, 3, 50));
    assertThat(visitor.seats().seats(schedule, false)).hasSize(5);
  }

  @Test
  void showsReservedSeatsAsTakenSoonAndLeavesThemOutOfTheFree() {
    layOut(new Section("Stalls", "A", 1, 3, 100));
    List<SeatView> before = visitor.seats().seats(schedule, true);
    String email = UUID.randomUUID() + "@example.org";
    visitor.users().register(new Registration(email, "Ann", "correct horse"));
    PublicApis ann = visitor.as(email, "correct horse");

    ann.reservations().reserve(new ReservationRequest(before.get(1).id(), null));

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(visitor.seats().seats(schedule, true))
                    .containsExactly(before.get(0), before.get(2)));
    List<SeatView> all = visitor.seats().seats(schedule, false);
    assertThat(IntStream.range(0, 3).mapToObj(all::get).map(SeatView::free))
        .containsExactly(true, false, true);
  }

  private void layOut(Section... sections) {
    operator.seats().layOut(schedule, new Layout(List.of(sections)));
  }
}
