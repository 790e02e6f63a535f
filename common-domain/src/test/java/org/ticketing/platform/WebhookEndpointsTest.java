package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.platform.WebhookEndpoints.LocalAddressException;

class WebhookEndpointsTest {

  private final WebhookEndpoints endpoints = endpoints(false);
  private final WebhookEndpoints withLocal = endpoints(true);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fec0::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[2002:7f00:1::]",
        "[64:ff9b::169.254.169.254]"
      })
  void anAddressOfThisMachineOrItsNetworkIsRefused(String host) throws UnknownHostException {
    URI url = URI.create("http://" + host + ":8080/sales");

    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> endpoints.require(url));
    assertThatExceptionOfType(LocalAddressException.class)
        .isThrownBy(() -> endpoints.resolve(withoutBrackets(host)));
    withLocal.require(url);
    assertThat(withLocal.resolve(withoutBrackets(host))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost.", "db.localhost", "[fe80::1%25none]"})
  void aNameThatIsAlwaysLocalIsRefusedWithoutResolvingIt(String host) {
    URI url = URI.create("https://" + host + "/");
    assertThatExceptionOfType(Refusal.class).isThrownBy(() -> endpoints.require(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost"})
  void aNameIsCheckedByWhatItResolvesTo(String host) throws UnknownHostException {
    assertThatExceptionOfType(LocalAddressException.class)
        .isThrownBy(() -> endpoints.resolve(host));
    assertThat(withLocal.resolve(host)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "[2606:4700::1111]",
        "[64:ff9b::1.1.1.1]"
      })
  void anAddressOfTheInternetIsAccepted(String host) throws UnknownHostException {
    endpoints.require(URI.create("https://" + host + "/sales"));
    assertThat(endpoints.resolve(withoutBrackets(host))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org", "localhost.example.org", "notlocalhost"})
  void aNameIsNotResolvedWhenItIsRegistered(String host) {
    assertThatCode(() -> endpoints.require(URI.create("https://" + host + "/sales")))
        .doesNotThrowAnyException();
  }

  private static String withoutBrackets(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }

  private static WebhookEndpoints endpoints(boolean allowLocalAddresses) {
    return new WebhookEndpoints(allowLocalAddresses);
  }
}
