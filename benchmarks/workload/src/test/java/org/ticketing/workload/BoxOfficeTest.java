package org.ticketing.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleView;
import org.ticketing.point.PointApi.WalletView;
import org.ticketing.reservation.ReservationApi.Status;
import org.ticketing.seat.SeatApi.LayoutView;
import org.ticketing.seat.SeatApi.SeatView;
import org.ticketing.user.UserApi.Session;
import org.ticketing.user.UserApi.UserView;
import org.ticketing.workload.FakeSystem.Reply;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.History;

class BoxOfficeTest {

  private static final Workload WORKLOAD = new Workload(20, 1, new Mix(0, 0, 0, 1, 2));
  private static final Duration HOLD = Duration.ofMinutes(5);

  private FakeSystem system;
  private BoxOffice boxOffice;

  @BeforeEach
  void open() throws Exception {
    system = new FakeSystem();
    UUID id = UUID.randomUUID();
    system.answer("/users", () -> new Reply(201, new UserView(id, "a@example.org", "A", true)));
    system.answer(
        "/login", () -> new Reply(200, new Session(id, "token", Instant.now().plus(HOLD), false)));
    system.answer("/concerts", () -> new Reply(201, new ConcertView(id, "A", "B", false)));
    system.answer(
        "/concerts/" + id + "/schedules",
        () -> new Reply(201, new ScheduleView(id, id, "Hall", Instant.EPOCH, true)));
    system.answer("/schedules", () -> isPost() ? new Reply(201, new LayoutView(id, 100)) : seats());
    system.wallet = () -> new Reply(200, new WalletView(id, 10, 0));
    system.reservation = () -> system.reservation(Status.HELD, Instant.now().plus(HOLD));
    boxOffice = BoxOffice.open(system.apis(), system.apis(), WORKLOAD, new History("fake"));
  }

  @AfterEach
  void close() {
    system.close();
  }

  private boolean isPost() {
    return system.requests.get(system.requests.size() - 1).startsWith("POST");
  }

  private static Reply seats() {
    return new Reply(
        200,
        IntStream.range(0, 100)
            .mapToObj(n -> new SeatView(UUID.randomUUID(), "Stalls", 1, n, "A", 10, true))
            .toList());
  }

  @Test
  void seesHowLongSeatsAreHeldAndGivesTheSeatBack() throws Exception {
    assertThat(boxOffice.hold()).isPositive().isLessThanOrEqualTo(HOLD);

    assertThat(system.requests).contains("DELETE /reservations/" + system.planned.reservationId());
  }

  @Test
  void reservesNoFasterThanAtThePaceItIsGiven() throws Exception {
    FakeClock clock = new FakeClock();

    List<PlannedPayment> payments =
        boxOffice.prepare("a round", WORKLOAD, Pace.perSecond(10, clock));

    assertThat(payments).hasSize(20);
    assertThat(clock.nanos()).isGreaterThanOrEqualTo(Duration.ofMillis(1900).toNanos());
  }
}
