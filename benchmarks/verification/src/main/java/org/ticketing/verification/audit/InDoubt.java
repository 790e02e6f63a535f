package org.ticketing.verification.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;

/**
 * Counts what is neither done nor undone: payments, claims on points and reservations, follow-ups,
 * cancellations, refunds, and withdrawals, which the services of every system keep; and what the
 * system's own protocol may leave behind.
 */
final class InDoubt {

  private InDoubt() {}

  /**
   * By where it waits; only what is not 0. The places are looked at in the order in which payments
   * and refunds come through them, so that none is missed while it goes from one to the next.
   */
  static Map<String, Long> count(SystemDatabases databases) throws SQLException {
    Map<String, Long> inDoubt = new TreeMap<>();
    databases
        .coordinators()
        .forEach(
            (server, unfinished) ->
                put(inDoubt, Servers.unfinishedAt(server), unfinished.getAsLong()));
    for (InDoubtQuery query : queries(databases)) {
      put(inDoubt, query.what(), count(databases.ofServices().get(query.service()), query));
    }
    return inDoubt;
  }

  /** Everything that is counted, in the order in which it is looked at. */
  static List<String> counted(SystemDatabases databases) {
    return Stream.concat(
            databases.coordinators().keySet().stream().map(Servers::unfinishedAt),
            queries(databases).stream().map(InDoubtQuery::what))
        .toList();
  }

  private static List<InDoubtQuery> queries(SystemDatabases databases) {
    return Stream.concat(databases.inDoubt().stream(), ofServices(databases)).toList();
  }

  private static Stream<InDoubtQuery> ofServices(SystemDatabases databases) {
    return Stream.of(
        query(
            "accepted payments left",
            "payment",
            "SELECT number FROM payment.accepted_payment WHERE ended_at IS NULL"),
        query(
            "payments requested",
            "payment",
            "SELECT id FROM payment.payment WHERE status = 'REQUESTED'"),
        query(
            "reservations being paid",
            "reservation",
            "SELECT id FROM reservation.reservation WHERE status = 'PAYING'"),
        query(
            "changed schedules to be told",
            "concert",
            "SELECT id FROM concert.schedule WHERE told < version"),
        query(
            "reservations of cancelled schedules",
            "reservation",
            """
            SELECT reservation.id FROM reservation.reservation
            JOIN reservation.schedule_copy ON schedule_copy.id = schedule_id
            WHERE cancelled AND status IN ('HELD', 'CONFIRMED')"""),
        query("refunds requested", "payment", "SELECT number FROM payment.refund"),
        query(
            "withdrawals begun",
            "user",
            "SELECT id FROM \"user\".app_user WHERE status = 'WITHDRAWING'"),
        query(
            "points reserved",
            "point",
            "SELECT 1 FROM %spoint_reservation WHERE status = 'RESERVED'"
                .formatted(Books.pointSchema(databases.point()))),
        query("follow-ups left", "payment", "SELECT number FROM payment.follow_up"));
  }

  private static InDoubtQuery query(String what, String service, String sql) {
    return new InDoubtQuery(what, service, sql, null, null);
  }

  private static void put(Map<String, Long> inDoubt, String what, long count) {
    if (count > 0) {
      inDoubt.merge(what, count, Long::sum);
    }
  }

  private static long count(JdbcAccess database, InDoubtQuery query) throws SQLException {
    try (Connection connection = database.connectToRead();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query.query())) {
      long count = 0;
      while (rows.next()) {
        if (query.column() == null || rows.getString(query.column()).startsWith(query.prefix())) {
          count++;
        }
      }
      return count;
    }
  }
}
