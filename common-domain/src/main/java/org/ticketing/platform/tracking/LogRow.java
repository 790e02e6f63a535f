package org.ticketing.platform.tracking;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All entries of one transaction that are written at the same time.
 *
 * @param transaction both parts of the key, as far as some entry has them
 * @param entries at least one, in the order in which they came
 */
record LogRow(TransactionKey transaction, List<LoggedEntry> entries) {

  /** Puts entries of the same transaction together, also if some know its payment or Xid alone. */
  static List<LogRow> of(List<LoggedEntry> entries) {
    Map<String, UUID> payments = new HashMap<>();
    Map<UUID, String> xids = new HashMap<>();
    for (LoggedEntry entry : entries) {
      if (entry.payment() != null && entry.xid() != null) {
        payments.putIfAbsent(entry.xid(), entry.payment());
        xids.putIfAbsent(entry.payment(), entry.xid());
      }
    }
    return entries.stream()
        .collect(
            Collectors.groupingBy(
                entry ->
                    new TransactionKey(
                        entry.payment() == null ? payments.get(entry.xid()) : entry.payment(),
                        entry.xid() == null ? xids.get(entry.payment()) : entry.xid()),
                LinkedHashMap::new,
                Collectors.toList()))
        .entrySet()
        .stream()
        .map(row -> new LogRow(row.getKey(), row.getValue()))
        .toList();
  }

  Instant firstAt() {
    return entries.stream().map(LoggedEntry::at).min(Comparator.naturalOrder()).orElseThrow();
  }

  Instant lastAt() {
    return entries.stream().map(LoggedEntry::at).max(Comparator.naturalOrder()).orElseThrow();
  }

  boolean isBegun() {
    return entries.stream().anyMatch(LoggedEntry::isBegin);
  }

  boolean isEnded() {
    return entries.stream().anyMatch(LoggedEntry::isEnd);
  }
}
