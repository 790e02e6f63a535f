package org.ticketing.tracker;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * How far the log of each process has been read, in one text.
 *
 * @param positions the cursor of each service that has one
 */
record LogCursor(Map<String, String> positions) {

  /**
   * @param text null for the begin
   * @throws Refusal {@code invalid-request}
   */
  static LogCursor of(String text) {
    Map<String, String> positions = new TreeMap<>();
    if (text != null && !text.isEmpty()) {
      for (String each : text.split("~")) {
        int sign = each.indexOf('.');
        if (sign < 0 || !Services.PARTICIPANTS.contains(each.substring(0, sign))) {
          throw new Refusal(Reason.INVALID_REQUEST, "after must be the next of the page before.");
        }
        positions.put(
            each.substring(0, sign),
            URLDecoder.decode(each.substring(sign + 1), StandardCharsets.UTF_8));
      }
    }
    return new LogCursor(positions);
  }

  /** The cursor of that service; null at its begin. */
  String positionOf(String service) {
    return positions.get(service);
  }

  LogCursor with(String service, String position) {
    Map<String, String> moved = new TreeMap<>(positions);
    moved.put(service, position);
    return new LogCursor(moved);
  }

  /** With a sign that no encoded text has between the services. */
  @Override
  public String toString() {
    return positions.entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + "."
                    + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)
                        .replace("~", "%7E"))
        .collect(Collectors.joining("~"));
  }
}
