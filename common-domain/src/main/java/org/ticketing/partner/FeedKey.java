package org.ticketing.partner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

/**
 * The key with which a partner polls its feed. Only its hash is stored; unlike a password, a random
 * key needs no slow hash.
 */
record FeedKey(String value) {

  private static final int BYTES = 32;
  private static final StringKeyGenerator RANDOM =
      new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), BYTES);

  static FeedKey create() {
    return new FeedKey(RANDOM.generateKey());
  }

  String hash() {
    try {
      byte[] key = value.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (NoSuchAlgorithmException everyJdkHasSha256) {
      throw new IllegalStateException(everyJdkHasSha256);
    }
  }

  @Override
  public String toString() {
    return "FeedKey";
  }
}
