package org.ticketing.experiments.publication;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.ticketing.experiments.report.Ratio;

/** How figures and names are written on the pages: the same everywhere, in every locale. */
final class Text {

  /** Stands where there is no figure. */
  static final String NONE = "-";

  private Text() {}

  static String of(Ratio ratio) {
    return ratio == null ? NONE : ratio.toString();
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** With one digit after the point if it is not whole. */
  static String number(double number) {
    return number == Math.rint(number)
        ? count(Math.round(number))
        : String.format(Locale.ROOT, "%,.1f", number);
  }

  static String oneDigit(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  static String twoDigits(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }

  static String millis(long micros) {
    return oneDigit(micros / 1e3);
  }

  static String seconds(long millis) {
    return oneDigit(millis / 1e3) + " s";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.1f" : "%.0f", 100 * share)
        + " %";
  }

  static String code(String name) {
    return "`" + name + "`";
  }

  static String day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  /** Names in code, as an English list. */
  static String names(List<String> names) {
    return list(names.stream().map(Text::code).toList());
  }

  /** Such as "a, b and c". */
  static String list(List<String> words) {
    int last = words.size() - 1;
    return last <= 0
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
