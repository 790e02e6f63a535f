package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.ticketing.concert.ConcertApi;
import org.ticketing.concert.ConcertApi.ConcertDetails;
import org.ticketing.concert.ConcertApi.ConcertView;
import org.ticketing.testing.Apis;
import org.ticketing.testing.Bearer;
import org.ticketing.testing.OnRealDatabase;
import org.ticketing.user.UserApi;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.Registration;

/** Sends texts in composed form (NFC) and in decomposed form (NFD), as some keyboards do. */
@OnRealDatabase.Postgresql
class NormalTextTest {

  @LocalServerPort private int port;

  private ConcertApi concerts;

  @BeforeEach
  void signIn() {
    String operator =
        Bearer.user(OnRealDatabase.Servers.get().keys(), UUID.randomUUID(), "OPERATOR");
    concerts = Apis.at(port).as(operator).api(ConcertApi.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"École", "봄의 제전", "Dichterliebe für Kinder"})
  void aTextIsTheSameInWhicheverFormItIsTyped(String text) {
    String composed = Normalizer.normalize(text, Form.NFC);
    String decomposed = Normalizer.normalize(text, Form.NFD);
    String mark = " " + UUID.randomUUID();

    ConcertView concert = concerts.create(new ConcertDetails(decomposed + mark, decomposed));

    assertThat(concert.title()).isEqualTo(composed + mark);
    assertThat(concert.description()).isEqualTo(composed);
    assertThat(concerts.list(composed + mark, null, null, 0, 20)).containsExactly(concert);
    assertThat(concerts.list(decomposed + mark, null, null, 0, 20)).containsExactly(concert);
  }

  @Test
  void theLengthOfATextIsThatOfItsComposedForm() {
    String longest = "한".repeat(200);
    String decomposed = Normalizer.normalize(longest, Form.NFD);

    ConcertView concert = concerts.create(new ConcertDetails(decomposed, ""));

    assertThat(concert.title()).isEqualTo(longest);
    assertThat(concerts.list(decomposed, null, null, 0, 20)).contains(concert);
  }

  @Test
  void aPasswordIsTheSameInWhicheverFormItIsTyped() {
    UserApi users = Apis.at(port).api(UserApi.class);
    String email = UUID.randomUUID() + "@example.org";
    String password = "mot de passe secret à Besançon";
    UUID id =
        users
            .register(new Registration(email, "Ann", Normalizer.normalize(password, Form.NFC)))
            .id();

    assertThat(
            users.logIn(new Credentials(email, Normalizer.normalize(password, Form.NFD))).userId())
        .isEqualTo(id);
  }
}
