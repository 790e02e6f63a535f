package org.ticketing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {

  /** The expected value was computed with {@code openssl dgst -sha256 -hmac}. */
  @Test
  void theSignatureIsAnHmac() {
    assertThat(Signature.of("0123456789abcdef", 1700000000, "{}".getBytes()))
        .isEqualTo("v1=e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e");
  }
}
