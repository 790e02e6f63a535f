package org.ticketing.payment;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a payer prefers, by the header {@code Prefer} of RFC 7240. Whatever is malformed or unknown
 * is ignored, as the RFC has it, and of a preference that is named twice, the first counts.
 *
 * @param respondAsync whether the payer would rather be answered before the payment is made
 * @param patience how long the payer would wait for the payment itself; zero if not at all
 */
record Preferences(boolean respondAsync, Duration patience) {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /**
   * A preference with its value and its parameters, up to the next comma. Its groups are repeated
   * possessively, because others take a piece of the stack for each character.
   */
  private static final Pattern PREFERENCE =
      Pattern.compile(
          "\\s*(?<name>%1$s)(\\s*=\\s*(?<value>%1$s|\"(\\\\.|[^\"\\\\])*+\")?)?(?<parameters>\\s*;(\"(\\\\.|[^\"\\\\])*+\"|[^,\"])*+)?\\s*"
              .formatted(TOKEN));

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  /**
   * @param headers the values of all headers of the name
   * @param longest a longer wait is cut to this
   */
  static Preferences read(List<String> headers, Duration longest) {
    Map<String, String> named = new HashMap<>();
    for (String preference : split(String.join(",", headers))) {
      Matcher wellFormed = PREFERENCE.matcher(preference);
      if (wellFormed.matches()) {
        named.putIfAbsent(
            wellFormed.group("name").toLowerCase(Locale.ROOT), unquoted(wellFormed.group("value")));
      }
    }
    return new Preferences(
        "".equals(named.get("respond-async")), patience(named.getOrDefault("wait", ""), longest));
  }

  /** At the commas that are not quoted. */
  private static List<String> split(String list) {
    return List.of(list.split(",(?=(?:[^\"]*\"[^\"]*\")*+[^\"]*$)"));
  }

  private static String unquoted(String value) {
    if (value == null) {
      return "";
    }
    return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
  }

  private static Duration patience(String value, Duration longest) {
    if (!SECONDS.matcher(value).matches()) {
      return Duration.ZERO;
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
