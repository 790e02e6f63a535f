package org.ticketing.concert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.concert.ConcertApi.ScheduleView;
import org.ticketing.platform.Refusal;
import org.ticketing.testing.OnRealDatabase;

/** Searches and reads concerts through their caches, which show every change. */
@OnRealDatabase.Postgresql
class CatalogueTest {

  private static final LocalDate JUNE_1 = LocalDate.of(2099, 6, 1);

  @Autowired private ConcertApi concerts;

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

  private List<String> found(String title, LocalDate from, LocalDate to) {
    return concerts.list(title, from, to, 0, 20).stream().map(ConcertView::title).toList();
  }

  private static ScheduleDetails at(LocalDate day) {
    Instant evening = day.atTime(19, 30).toInstant(ZoneOffset.UTC);
    return new ScheduleDetails("Hall", evening);
  }
}
