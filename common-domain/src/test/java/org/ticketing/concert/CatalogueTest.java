package org.ticketing.concert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.concert.ConcertApi.ScheduleView;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.testing.OnRealDatabase;

/** Searches and reads concerts through their caches, which show every change. */
@OnRealDatabase.Postgresql
class CatalogueTest {

  private static final LocalDate JUNE_1 = LocalDate.of(2099, 6, 1);

  @Autowired private ConcertApi concerts;
  @Autowired private ConcertService service;
  @Autowired private ScheduleRepository schedules;
  @Autowired private JdbcClient jdbc;
  @Autowired private DataSource dataSource;

  /** Part of every title here, so that other tests' concerts are not found. */
  private final String mark = UUID.randomUUID().toString();

  private UUID winterreise;
  private ScheduleView evening;

  @BeforeEach
  void plan() {
    winterreise = concerts.create(new ConcertDetails("Winterreise 100% " + mark, "")).id();
    evening = concerts.schedule(winterreise, at(JUNE_1));
    concerts.create(new ConcertDetails("Mitridate " + mark, ""));
  }

  @Test
  void concertsAreFoundByPartOfTheirTitle() {
    assertThat(found(mark.toUpperCase(), null, null)).hasSize(2);
    assertThat(found("winter", null, null)).contains("Winterreise 100% " + mark);
    assertThat(found("100% " + mark, null, null)).containsExactly("Winterreise 100% " + mark);
    assertThat(found("1__% " + mark, null, null)).isEmpty();
    assertThat(found("\\" + mark, null, null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "École, éCOLE",
    "Весна священная, ВЕСНА",
    "ΟΔΥΣΣΕΥΣ, οδυσσευς",
    "ΟΔΥΣΣΕΥΣ, οδυσσε",
    "οδυσσευς, ΣΕΥΣ",
    "Große Messe, GROSSE",
    "GROẞE MESSE, große",
    "Ilıca, ILICA",
    "봄의 제전, 봄의"
  })
  void concertsAreFoundInUpperAndLowerCaseOfEveryScript(String title, String wanted) {
    concerts.create(new ConcertDetails(title + " " + mark, ""));
    for (String typed : List.of(title + " " + mark, title.toLowerCase(Locale.ROOT), wanted)) {
      assertThat(found(typed, null, null)).contains(title + " " + mark);
    }
  }

  @Test
  void concertsAreInTheOrderOfTheAlphabetWhateverTheLocaleOfTheServer() {
    String tour = UUID.randomUUID().toString();
    for (String title : List.of("Zebra", "éclair", "Etude", "apple")) {
      concerts.create(new ConcertDetails(title + " " + tour, ""));
    }
    assertThat(found(tour, null, null))
        .extracting(title -> title.substring(0, title.indexOf(' ')))
        .containsExactly("apple", "éclair", "Etude", "Zebra");
  }

  @Test
  void concertsAreFoundByTheDaysOfTheirSchedules() {
    assertThat(found(mark, JUNE_1, JUNE_1)).containsExactly("Winterreise 100% " + mark);
    assertThat(found(mark, JUNE_1, null)).hasSize(1);
    assertThat(found(mark, null, JUNE_1)).hasSize(1);
    assertThat(found(mark, JUNE_1.plusDays(1), null)).isEmpty();
    assertThat(found(mark, null, JUNE_1.minusDays(1))).isEmpty();
  }

  @Test
  void pagesDoNotOverlap() {
    assertThat(concerts.list(mark, null, null, 0, 1))
        .extracting(ConcertView::title)
        .containsExactly("Mitridate " + mark);
    assertThat(concerts.list(mark, null, null, 1, 1))
        .extracting(ConcertView::title)
        .containsExactly("Winterreise 100% " + mark);
    assertThat(concerts.list(mark, null, null, 2, 1)).isEmpty();
  }

  @Test
  void aChangeIsSeenAtOnce() {
    assertThat(concerts.find(winterreise).title()).startsWith("Winterreise");
    assertThat(found("Schwanengesang " + mark, null, null)).isEmpty();
    concerts.change(winterreise, new ConcertDetails("Schwanengesang " + mark, ""));
    assertThat(concerts.find(winterreise).title()).startsWith("Schwanengesang");
    assertThat(found("Schwanengesang " + mark, null, null)).hasSize(1);
  }

  @Test
  void aScheduleIsOnSaleUntilItBeginsOrIsCancelled() {
    assertThat(concerts.findSchedule(evening.id()).onSale()).isTrue();
    concerts.changeSchedule(evening.id(), at(LocalDate.of(2001, 1, 1)));
    assertThat(concerts.findSchedule(evening.id()).onSale()).isFalse();
    concerts.changeSchedule(evening.id(), at(JUNE_1));
    assertThat(concerts.findSchedule(evening.id()).onSale()).isTrue();
    concerts.cancelSchedule(evening.id());
    assertThat(concerts.findSchedule(evening.id()).onSale()).isFalse();
    assertThat(found(mark, JUNE_1, JUNE_1)).isEmpty();
  }

  @Test
  void aScheduleMustBeInAYearThatTheDatabaseCanStore() {
    var tooLate = new ScheduleDetails("Hall", Instant.parse("+10000-01-01T00:00:00Z"));
    assertThatThrownBy(() -> concerts.schedule(winterreise, tooLate)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> concerts.changeSchedule(evening.id(), tooLate))
        .isInstanceOf(Refusal.class);
    assertThat(concerts.findSchedule(evening.id())).isEqualTo(evening);
  }

  @Test
  void aCancelledConcertIsNotOnSale() {
    assertThat(concerts.findSchedule(evening.id()).onSale()).isTrue();
    concerts.cancel(winterreise);
    assertThat(concerts.find(winterreise).cancelled()).isTrue();
    assertThat(concerts.findSchedule(evening.id()).onSale()).isFalse();
  }

  /** The controller tells at once; this is what is left if its process dies before. */
  @Test
  void aCancellationIsToldByAJobIfNobodyElseTells() {
    service.cancelSchedule(evening.id());
    await().until(() -> schedules.find(evening.id()).orElseThrow().isTold());

    concerts.schedule(winterreise, at(JUNE_1));
    List<UUID> all = service.cancel(winterreise);
    assertThat(all).hasSize(2);
    await()
        .untilAsserted(
            () -> assertThat(schedules.ofConcert(winterreise)).allMatch(ScheduledConcert::isTold));
  }

  @Test
  void aChangeThatCannotBeToldIsNotAcknowledgedButToldLater() {
    ScheduleCopies copies = mock();
    SchedulerClient jobs = mock();
    var telling = new TellingOfSchedules(schedules, copies, jobs, Clock.systemUTC());
    jdbc.sql("UPDATE schedule SET version = 1 WHERE id = :id").param("id", evening.id()).update();
    doThrow(new ServiceUnavailable("The reservation service gave no answer."))
        .doNothing()
        .when(copies)
        .change(eq(evening.id()), any());

    assertThatExceptionOfType(ServiceUnavailable.class)
        .isThrownBy(() -> telling.tell(List.of(evening.id())));
    assertThat(schedules.find(evening.id()).orElseThrow().isTold()).isFalse();

    telling.tell(List.of(evening.id()));
    telling.tell(List.of(evening.id()));
    assertThat(schedules.find(evening.id()).orElseThrow().isTold()).isTrue();
    verify(copies, times(2)).change(eq(evening.id()), any());
  }

  @Test
  void noScheduleIsAddedToAConcertThatIsBeingCancelled() throws Exception {
    CompletableFuture<Void> added;
    try (Connection cancelling = dataSource.getConnection()) {
      cancelling.setAutoCommit(false);
      cancelling
          .createStatement()
          .execute("UPDATE concert SET cancelled = true WHERE id = '" + winterreise + "'");
      added = CompletableFuture.runAsync(() -> concerts.schedule(winterreise, at(JUNE_1)));
      await().until(this::isSomebodyWaiting);
      cancelling.commit();
      cancelling.setAutoCommit(true);
    }
    assertThatThrownBy(added::join).hasCauseInstanceOf(Refusal.class);
  }

  private boolean isSomebodyWaiting() {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM pg_stat_activity
                           WHERE datname = current_database() AND wait_event_type = 'Lock'
                             AND query LIKE '%FOR SHARE')""")
        .query(Boolean.class)
        .single();
  }

  private List<String> found(String title, LocalDate from, LocalDate to) {
    return concerts.list(title, from, to, 0, 20).stream().map(ConcertView::title).toList();
  }

  private static ScheduleDetails at(LocalDate day) {
    Instant evening = day.atTime(19, 30).toInstant(ZoneOffset.UTC);
    return new ScheduleDetails("Hall", evening);
  }
}
