package org.ticketing.tracker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ticketing.payment.TransactionsApi.SteeringRecord;
import org.ticketing.payment.TransactionsApi.TransactionPage;
import org.ticketing.payment.TransactionsApi.TransactionSummary;
import org.ticketing.platform.tracking.TrackingApi.LogEntry;

/**
 * A table as comma-separated values (RFC 4180), with a header row. The columns and their order are
 * part of the API. A text that a spreadsheet would take for a formula begins with an apostrophe.
 */
final class Csv<T> {

  static final String MEDIA_TYPE = "text/csv";

  private static final String LINE_END = "\r\n";
  private static final String FORMULA_BEGINS = "=+-@\t\r\n";

  static final Csv<LogEntry> LOG =
      new Csv<LogEntry>()
          .column("at", LogEntry::at)
          .column("service", LogEntry::service)
          .column("instance", LogEntry::instance)
          .column("payment", LogEntry::payment)
          .column("xid", LogEntry::xid)
          .column("from", LogEntry::from)
          .column("to", LogEntry::to)
          .column("phase", LogEntry::phase)
          .column("participant", LogEntry::participant)
          .column("micros", LogEntry::micros)
          .column("cause", LogEntry::cause)
          .column("failed", LogEntry::failed);

  static final Csv<SteeringRecord> STEERINGS =
      new Csv<SteeringRecord>()
          .column("at", SteeringRecord::at)
          .column("operator", SteeringRecord::operator)
          .column("steering", SteeringRecord::steering)
          .column("transaction", SteeringRecord::transaction)
          .column("reason", SteeringRecord::reason)
          .column("heuristic", SteeringRecord::heuristic)
          .column(
              "steps",
              each -> each.effect() == null ? null : String.join("; ", each.effect().steps()))
          .column("refusal", each -> each.effect() == null ? null : each.effect().refusal())
          .column("finished", each -> each.effect() == null ? null : each.effect().finished());

  private static final Csv<InSystem> TRANSACTIONS =
      new Csv<InSystem>()
          .column("protocol", InSystem::protocol)
          .column("payment", each -> each.transaction().payment())
          .column("xid", each -> each.transaction().xid())
          .column("state", each -> each.transaction().state())
          .column("user", each -> each.transaction().user())
          .column("reservation", each -> each.transaction().reservation())
          .column("key", each -> each.transaction().key())
          .column("amount", each -> each.transaction().amount())
          .column("outcome", each -> each.transaction().outcome())
          .column("reason", each -> each.transaction().reason())
          .column("startedAt", each -> each.transaction().startedAt())
          .column("endedAt", each -> each.transaction().endedAt())
          .column("stuck", each -> each.transaction().stuck());

  private record InSystem(String protocol, TransactionSummary transaction) {}

  private final Map<String, Function<T, Object>> columns = new LinkedHashMap<>();

  private Csv() {}

  private Csv<T> column(String name, Function<T, Object> value) {
    columns.put(name, value);
    return this;
  }

  static String of(TransactionPage page) {
    return TRANSACTIONS.of(
        page.transactions().stream().map(each -> new InSystem(page.protocol(), each)).toList());
  }

  String of(List<T> rows) {
    return Stream.concat(
            Stream.of(String.join(",", columns.keySet())),
            rows.stream()
                .map(
                    row ->
                        columns.values().stream()
                            .map(column -> cell(column.apply(row)))
                            .collect(Collectors.joining(","))))
        .map(line -> line + LINE_END)
        .collect(Collectors.joining());
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (!text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.chars().anyMatch(sign -> sign == '"' || sign == ',' || sign == '\r' || sign == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
