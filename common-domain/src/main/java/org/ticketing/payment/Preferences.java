package org.ticketing.payment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;

/**
 * What a payer prefers, by the header {@code Prefer} of RFC 7240. Whatever is malformed or unknown
 * is ignored, as the RFC has it, and of a preference that is named twice, the first counts.
 *
 * @param respondAsync whether the payer would rather be answered before the payment is made
 * @param patience how long the payer would wait for the payment itself; zero if not at all
 */
record Preferences(boolean respondAsync, Duration patience) {

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  /** A number of more digits is longer than anybody waits. */
  private static final int MOST_DIGITS = 9;

  /**
   * @param headers the values of all headers of the name
   * @param longest a longer wait is cut to this
   */
  static Preferences read(List<String> headers, Duration longest) {
    Map<String, String> named = new HashMap<>();
    for (String header : headers) {
      var all = new ParserCursor(0, header.length());
      for (HeaderElement preference : BasicHeaderValueParser.INSTANCE.parseElements(header, all)) {
        named.putIfAbsent(
            preference.getName().toLowerCase(Locale.ROOT),
            Objects.requireNonNullElse(preference.getValue(), ""));
      }
    }
    return new Preferences(
        "".equals(named.get("respond-async")), patience(named.getOrDefault("wait", ""), longest));
  }

  private static Duration patience(String value, Duration longest) {
    if (!SECONDS.matcher(value).matches()) {
      return Duration.ZERO;
    }
    if (value.length() > MOST_DIGITS) {
      return longest;
    }
    Duration wished = Duration.ofSeconds(Long.parseLong(value));
    return wished.compareTo(longest) < 0 ? wished : longest;
  }

  Preferences withoutPatience() {
    return new Preferences(respondAsync, Duration.ZERO);
  }

  /** What was done, for the header {@code Preference-Applied} of an answer before the payment. */
  String applied() {
    return patience.isZero() ? "respond-async" : "respond-async, " + waited();
  }

  /** The same of an answer that was waited for. */
  String waited() {
    return "wait=" + patience.toSeconds();
  }
}
