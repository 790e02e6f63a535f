package org.ticketing.stack.run;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random values that nobody outside this run can guess. */
public final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** The given number of random bytes, in hexadecimal. */
  public static String random(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
