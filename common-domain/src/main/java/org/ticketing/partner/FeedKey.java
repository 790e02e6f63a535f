package org.ticketing.partner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What a partner polls its feed with. Only its hash is kept; a random key needs no slow one. */
record FeedKey(String value) {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  static FeedKey create() {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return new FeedKey(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
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
