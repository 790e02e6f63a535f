package org.ticketing.platform.tracking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries as they are stored: each is an array without names, because the log is large. Times are
 * microseconds, since 1970.
 */
final class EntriesJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_TEXT = 300;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /** What the entries of a row have in common. */
  record Origin(String service, String instance, TransactionKey transaction) {}

  private EntriesJson() {}

  static String of(List<LoggedEntry> entries) {
    return JSON.writeValueAsString(entries.stream().map(EntriesJson::array).toList());
  }

  private static List<Object> array(LoggedEntry entry) {
    return Arrays.asList(
        ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()),
        name(entry.from()),
        name(entry.to()),
        entry.phase(),
        entry.participant(),
        entry.micros(),
        line(entry.cause()),
        entry.failed());
  }

  /** In one line, and not longer than anybody reads. */
  private static String line(String text) {
    if (text == null) {
      return null;
    }
    String line = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    return CONTROLS.matcher(line).replaceAll(" ");
  }

  private static String name(TransactionState state) {
    return state == null ? null : state.name();
  }

  static List<LogEntry> read(String json, Origin origin) {
    return StreamSupport.stream(JSON.readTree(json).spliterator(), false)
        .map(
            array ->
                new LogEntry(
                    Instant.EPOCH.plus(array.get(0).longValue(), ChronoUnit.MICROS),
                    origin.service(),
                    origin.instance(),
                    origin.transaction().payment(),
                    origin.transaction().xid(),
                    state(array.get(1)),
                    state(array.get(2)),
                    text(array.get(3)),
                    text(array.get(4)),
                    array.get(5).isNull() ? null : array.get(5).longValue(),
                    text(array.get(6)),
                    array.get(7).booleanValue()))
        .toList();
  }

  private static TransactionState state(JsonNode node) {
    return node.isNull() ? null : TransactionState.valueOf(node.asString());
  }

  private static String text(JsonNode node) {
    return node.isNull() ? null : node.asString();
  }
}
