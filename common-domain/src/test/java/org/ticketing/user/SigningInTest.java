package org.ticketing.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClientResponseException;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ScheduleDetails;
import org.ticketing.point.PointApi;
import org.ticketing.point.PointApi.Charge;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationRequest;
import org.ticketing.seat.SeatApi;
import org.ticketing.seat.SeatApi.Layout;
import org.ticketing.seat.SeatApi.Section;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.testing.Apis;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.PasswordChange;
import org.ticketing.user.UserApi.Profile;
import org.ticketing.user.UserApi.Registration;
import org.ticketing.user.UserApi.Session;

@OnRealDatabase.Postgresql
class SigningInTest {

  private static final String PASSWORD = "correct horse";
  private static final int ALLOWED_FAILURES = 5;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  private final String email = "Ann" + UUID.randomUUID() + "@Example.org";
  private Apis visitor;
  private UUID ann;

  @BeforeEach
  void register() {
    visitor = Apis.at(port);
    ann = visitor.api(UserApi.class).register(new Registration(email, "Ann", PASSWORD)).id();
  }

  @Test
  void aTokenGivesAccessToItsUsersAccount() {
    Session session = logIn(PASSWORD);
    assertThat(session.userId()).isEqualTo(ann);
    assertThat(session.operator()).isFalse();
    assertThat(session.expiresAt()).isAfter(Instant.now());
    assertThat(visitor.as(session.token()).api(UserApi.class).find(ann).name()).isEqualTo("Ann");
  }

  @Test
  void anEMailAddressIsTheSameInUpperAndLowerCase() {
    assertThat(
            visitor
                .api(UserApi.class)
                .logIn(new Credentials(email.toUpperCase(), PASSWORD))
                .userId())
        .isEqualTo(ann);
    assertRefused(
        "email-taken",
        409,
        () ->
            visitor
                .api(UserApi.class)
                .register(new Registration(email.toLowerCase(), "Bob", PASSWORD)));
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
    RestClientResponseException wrong = refusal(() -> logIn("wrong"));
    RestClientResponseException unknown =
        refusal(
            () -> visitor.api(UserApi.class).logIn(new Credentials("nobody@example.org", "wrong")));
    assertThat(wrong.getStatusCode().value()).isEqualTo(401);
    assertThat(wrong.getResponseBodyAsString())
        .contains("wrong-credentials")
        .isEqualTo(unknown.getResponseBodyAsString());
  }

  @Test
  void afterTooManyFailuresTheRightPasswordIsRefusedToo() {
    IntStream.range(0, ALLOWED_FAILURES)
        .forEach(i -> assertRefused("wrong-credentials", 401, () -> logIn("wrong")));
    assertRefused("too-many-logins", 429, () -> logIn(PASSWORD));
  }

  @Test
  void attemptsAtTheSameTimeAreLimitedAsAttemptsInTurn() {
    List<Integer> answers =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> refusal(() -> logIn("wrong")).getStatusCode().value())
            .toList();
    assertThat(answers).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(5);
    assertThat(answers).contains(429);
  }

  @Test
  void aSuccessfulLoginResetsTheCountOfFailures() {
    for (int round = 0; round < 2; round++) {
      IntStream.range(1, ALLOWED_FAILURES)
          .forEach(i -> assertRefused("wrong-credentials", 401, () -> logIn("wrong")));
      assertThat(logIn(PASSWORD).userId()).isEqualTo(ann);
    }
  }

  @Test
  void passwordsAreStoredAsArgon2Hashes() {
    String hash =
        jdbc.sql("SELECT password_hash FROM app_user WHERE id = :id")
            .param("id", ann)
            .query(String.class)
            .single();
    assertThat(hash).startsWith("$argon2id$").doesNotContain(PASSWORD);
  }

  @Test
  void aChangedPasswordReplacesTheOldOne() {
    Apis asAnn = signedIn(email, PASSWORD);
    assertRefused(
        "wrong-credentials",
        401,
        () ->
            asAnn
                .api(UserApi.class)
                .changePassword(ann, new PasswordChange("wrong", "battery staple")));
    asAnn.api(UserApi.class).changePassword(ann, new PasswordChange(PASSWORD, "battery staple"));
    assertRefused("wrong-credentials", 401, () -> logIn(PASSWORD));
    assertThat(logIn("battery staple").userId()).isEqualTo(ann);
  }

  @Test
  void aProfileCanBeChanged() {
    String other = "other-" + email;
    signedIn(email, PASSWORD).api(UserApi.class).update(ann, new Profile(other, "Anna"));
    assertThat(visitor.api(UserApi.class).logIn(new Credentials(other, PASSWORD)).userId())
        .isEqualTo(ann);
  }

  @Test
  void aProfileCannotTakeTheAddressOfAnotherUser() {
    String bobsEmail = "bob-" + email;
    visitor.api(UserApi.class).register(new Registration(bobsEmail, "Bob", PASSWORD));
    Apis asAnn = signedIn(email, PASSWORD);
    assertRefused(
        "email-taken",
        409,
        () -> asAnn.api(UserApi.class).update(ann, new Profile(bobsEmail, "Ann")));
    assertThat(
            asAnn.api(UserApi.class).update(ann, new Profile(email.toUpperCase(), "Anna")).name())
        .isEqualTo("Anna");
  }

  @Test
  void aUserWhoHasWithdrawnCannotChangeAnything() {
    Apis asAnn = signedIn(email, PASSWORD);
    asAnn.api(UserApi.class).withdraw(ann);
    asAnn.api(UserApi.class).withdraw(ann);
    assertRefused(
        "user-withdrawn",
        409,
        () -> asAnn.api(UserApi.class).update(ann, new Profile(email, "Anna")));
    assertRefused(
        "user-withdrawn",
        409,
        () ->
            asAnn
                .api(UserApi.class)
                .changePassword(ann, new PasswordChange(PASSWORD, "battery staple")));
    assertThat(asAnn.api(UserApi.class).find(ann).name()).isEqualTo("Ann");
  }

  @Test
  void aUserWithPointsOrSeatsCannotWithdraw() {
    Apis asAnn = signedIn(email, PASSWORD);
    asAnn.api(PointApi.class).charge(ann, "opening", new Charge(1));
    assertRefused("points-remain", 409, () -> asAnn.api(UserApi.class).withdraw(ann));
    assertThat(asAnn.api(UserApi.class).find(ann).active()).isTrue();

    String bobsEmail = "bob-" + email;
    UUID bob =
        visitor.api(UserApi.class).register(new Registration(bobsEmail, "Bob", PASSWORD)).id();
    Apis asBob = signedIn(bobsEmail, PASSWORD);
    UUID reservation =
        asBob.api(ReservationApi.class).reserve(new ReservationRequest(aSeat(), null)).id();
    assertRefused("reservations-remain", 409, () -> asBob.api(UserApi.class).withdraw(bob));
    asBob.api(ReservationApi.class).cancel(reservation);
    asBob.api(UserApi.class).withdraw(bob);
    assertThat(asBob.api(UserApi.class).find(bob).active()).isFalse();
    assertRefused(
        "wrong-credentials",
        401,
        () -> visitor.api(UserApi.class).logIn(new Credentials(bobsEmail, PASSWORD)));
  }

  private UUID aSeat() {
    SystemKeys keys = OnRealDatabase.Servers.get().keys();
    Apis operator = signedIn(SystemKeys.OPERATOR, keys.operatorPassword());
    UUID concert =
        operator.api(ConcertApi.class).create(new ConcertDetails("The Two Generals", "")).id();
    var nextYear = new ScheduleDetails("Hall", Instant.now().plus(365, ChronoUnit.DAYS));
    UUID schedule = operator.api(ConcertApi.class).schedule(concert, nextYear).id();
    operator
        .api(SeatApi.class)
        .layOut(schedule, new Layout(List.of(new Section("Stalls", "A", 1, 1, 10))));
    return visitor.api(SeatApi.class).seats(schedule, true).get(0).id();
  }

  private Apis signedIn(String email, String password) {
    return visitor.as(visitor.api(UserApi.class).logIn(new Credentials(email, password)).token());
  }

  private Session logIn(String password) {
    return visitor.api(UserApi.class).logIn(new Credentials(email, password));
  }

  private static void assertRefused(String reason, int status, ThrowingCallable call) {
    RestClientResponseException refusal = refusal(call);
    assertThat(refusal.getResponseBodyAsString()).contains(":" + reason + "\"");
    assertThat(refusal.getStatusCode().value()).isEqualTo(status);
  }

  private static RestClientResponseException refusal(ThrowingCallable call) {
    RestClientResponseException refusal =
        catchThrowableOfType(RestClientResponseException.class, call);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
