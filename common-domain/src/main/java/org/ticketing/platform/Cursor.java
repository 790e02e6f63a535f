package org.ticketing.platform;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.function.Function;

/** Where a page of a list ends, in a form that tells callers nothing and fits a URL. */
public final class Cursor {

  private static final String SEPARATOR = " ";

  private Cursor() {}

  /**
   * @param parts texts without spaces, or numbers or times
   */
  public static String of(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(text.isEmpty() ? "" : SEPARATOR).append(part);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a cursor that a caller has sent.
   *
   * @param cursor null if it is the first page that is asked for, for which this returns null
   * @param reading makes something of the parts
   * @throws Refusal {@code invalid-request} if it is none
   */
  public static <T> T read(String cursor, Function<String[], T> reading) {
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return reading.apply(text.split(SEPARATOR));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException unreadable) {
      throw new Refusal(
          Reason.INVALID_REQUEST, "after is none of the cursors that pages end with.");
    }
  }
}
