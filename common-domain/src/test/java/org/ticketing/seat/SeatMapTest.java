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
import org.springframework.http.ProblemDetail;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.platform.Problems;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.AtOnce;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Registration;

@OnRealDatabase.Postgresql
class SeatMapTest {

  private final SystemKeys keys = OnRealDatabase.Servers.get().keys();

  @LocalServerPort private int port;

  private Apis visitor;
  private Apis operator;
  private UUID schedule;

  @BeforeEach
  void plan() {
    visitor = Apis.at(port);
    operator = visitor.as(Bearer.user(keys, UUID.randomUUID(), "OPERATOR"));
    UUID concert =
        operator.api(ConcertApi.class).create(new ConcertDetails("The Two Generals", "")).id();
    Instant nextYear = Instant.now().plus(365, ChronoUnit.DAYS);
    schedule =
        operator
            .api(ConcertApi.class)
            .schedule(concert, new ScheduleDetails("Hall", nextYear))
            .id();
  }

  @Test
  void showsTensOfThousandsOfSeatsInOrder() {
    layOut(new Section("Stalls", "A", 100, 150, 100), new Section("Circle", "B", 50, 100, 50));

    List<SeatView> seats = visitor.api(SeatApi.class).seats(schedule, false);

    assertThat(seats).hasSize(20_000).allMatch(SeatView::free);
    SeatView first = seats.get(0);
    assertThat(first).isEqualTo(new SeatView(first.id(), "Circle", 1, 1, "B", 50, true));
    SeatView last = seats.get(19_999);
    assertThat(last).isEqualTo(new SeatView(last.id(), "Stalls", 100, 150, "A", 100, true));
  }

  @Test
  void showsAddedSectionsAtOnce() {
    layOut(new Section("Stalls", "A", 1, 2, 100));
    assertThat(visitor.api(SeatApi.class).seats(schedule, false)).hasSize(2);
    layOut(new Section("Circle", "B", 1, 3, 50));
    assertThat(visitor.api(SeatApi.class).seats(schedule, false)).hasSize(5);
  }

  @Test
  void ofTwoLayoutsAtOnceWithTheSameSeatsOneIsRefused() throws Exception {
    Section stalls = new Section("Stalls", "A", 50, 100, 100);
    Section circle = new Section("Circle", "B", 50, 100, 50);

    List<String> answers =
        AtOnce.run(List.of(() -> answerTo(stalls, circle), () -> answerTo(circle, stalls)));

    assertThat(answers).containsExactlyInAnyOrder("laid out", "seat-exists");
    assertThat(visitor.api(SeatApi.class).seats(schedule, false)).hasSize(10_000);
  }

  private String answerTo(Section... sections) {
    try {
      layOut(sections);
      return "laid out";
    } catch (RestClientResponseException failure) {
      return failure
          .getResponseBodyAs(ProblemDetail.class)
          .getType()
          .toString()
          .replace(Problems.TYPE_PREFIX, "");
    }
  }

  @Test
  void soonShowsReservedSeatsAsTakenAndNotAmongTheFree() {
    layOut(new Section("Stalls", "A", 1, 3, 100));
    List<SeatView> before = visitor.api(SeatApi.class).seats(schedule, true);
    String email = UUID.randomUUID() + "@example.org";
    var registration = new Registration(email, "Ann", "correct horse");
    Apis ann =
        visitor.as(Bearer.user(keys, visitor.api(UserApi.class).register(registration).id()));

    ann.api(ReservationApi.class).reserve(new ReservationRequest(before.get(1).id(), null));

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(visitor.api(SeatApi.class).seats(schedule, true))
                    .containsExactly(before.get(0), before.get(2)));
    List<SeatView> all = visitor.api(SeatApi.class).seats(schedule, false);
    assertThat(IntStream.range(0, 3).mapToObj(all::get).map(SeatView::free))
        .containsExactly(true, false, true);
  }

  private void layOut(Section... sections) {
    operator.api(SeatApi.class).layOut(schedule, new Layout(List.of(sections)));
  }
}
