package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;

/** Where a participant says that a branch is. */
class InstanceAddressTest {

  private static final URI CALLED = URI.create("http://point:8080/protocol/points/uses");

  @ParameterizedTest
  @CsvSource({
    "10.232.0.5, http://10.232.0.5:8080",
    "0:0:0:0:0:0:0:1, http://[0:0:0:0:0:0:0:1]:8080",
    "fe80:0:0:0:1:2:3:4%eth0, http://[fe80:0:0:0:1:2:3:4]:8080"
  })
  void isWhereTheProcessWasCalled(String local, String address) {
    var call = new MockHttpServletRequest();
    call.setLocalAddr(local);
    call.setLocalPort(8080);

    assertThat(InstanceAddress.calledBy(call)).hasToString(address);
  }

  @Test
  void leadsARequestToTheInstanceWithItsPathAndHeaders() {
    var request =
        new MockClientHttpRequest(
            HttpMethod.POST,
            URI.create("http://point:8080/protocol/xa/branches/1.0a.0b/commit?onePhase=false"));
    request.getHeaders().setBearerAuth("token");

    HttpRequest led = address("http://[fd00::5]:8080").lead(request);

    assertThat(led.getURI())
        .hasToString("http://[fd00::5]:8080/protocol/xa/branches/1.0a.0b/commit?onePhase=false");
    assertThat(led.getMethod()).isEqualTo(HttpMethod.POST);
    assertThat(led.getHeaders().getFirst(HttpHeaders.AUTHORIZATION)).isEqualTo("Bearer token");
  }

  @Test
  void isFoundInTheAnswer() {
    assertThat(named("http://10.232.0.5:8080")).contains(address("http://10.232.0.5:8080"));
    assertThat(InstanceAddress.in(new HttpHeaders(), CALLED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.232.0.5:8080",
        "http://10.232.0.5:8080/elsewhere",
        "http://10.232.0.5:8080?query",
        "http://10.232.0.5:8080#fragment",
        "http://user@10.232.0.5:8080",
        "ftp://10.232.0.5:8080",
        "//10.232.0.5:8080",
        "10.232.0.5:8080",
        "http://",
        "not an address"
      })
  void isIgnoredIfItIsOfAnotherForm(String named) {
    assertThat(named(named)).isEmpty();
  }

  @Test
  void thatIsSetInAnotherFormIsRefusedInOneLine() {
    assertThatThrownBy(() -> address("http://10.232.0.5:8080/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as http://10.0.0.5:8080, not 'http://10.232.0.5:8080/'")
        .hasMessageNotContaining("\n");
  }

  private static InstanceAddress address(String url) {
    return new InstanceAddress(URI.create(url));
  }

  private static Optional<InstanceAddress> named(String address) {
    var answer = new HttpHeaders();
    answer.set(InstanceAddress.HEADER, address);
    return InstanceAddress.in(answer, CALLED);
  }
}
