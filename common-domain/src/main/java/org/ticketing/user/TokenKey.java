package org.ticketing.user;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateKey;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.converter.RsaKeyConverters;

/**
 * Reads the private key of users' tokens. Spring Boot does not bind it as a key, because it would
 * print a malformed one when the start fails.
 */
final class TokenKey {

  private static final String PEM = "-----";

  private TokenKey() {}

  /**
   * @param key PEM (PKCS #8) or its location
   */
  static RSAPrivateKey read(String key, ResourceLoader files) {
    try (InputStream pem =
        key.startsWith(PEM)
            ? new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8))
            : files.getResource(key).getInputStream()) {
      return RsaKeyConverters.pkcs8().convert(pem);
    } catch (IOException | RuntimeException secret) {
      throw new IllegalArgumentException(
          "ticketing.user.token-private-key is neither an RSA key (PEM, PKCS #8) nor the location"
              + " of one");
    }
  }
}
