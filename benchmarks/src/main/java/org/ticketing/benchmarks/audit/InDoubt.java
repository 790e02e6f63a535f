package org.ticketing.benchmarks.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.ticketing.stack.JdbcAccess;

/**
 * Counts what is neither done nor undone, wherever a protocol may leave it: payments, claims on
 * points and reservations, prepared branches, tried TCC branches and running state machines.
 */
final class InDoubt {

  private InDoubt() {}

  /** By where it waits; only what is not 0. */
  static Map<String, Long> count(SystemDatabases databases) throws SQLException {
    Map<String, Long> inDoubt = new TreeMap<>();
    try (Connection payment = databases.payment().connect();
        Connection reservation = databases.reservation().connect();
        Connection point = databases.point().connect()) {
      put(inDoubt, "payments requested", payment, "payment.payment WHERE status = 'REQUESTED'");
      put(
          inDoubt,
          "reservations being paid",
          reservation,
          "reservation.reservation WHERE status = 'PAYING'");
      put(
          inDoubt,
          "points held",
          point,
          Books.pointSchema(databases.point()) + "point_hold WHERE status = 'HELD'");
      if (exists(payment, "protocol.seata_state_machine_inst")) {
        put(
            inDoubt,
            "state machines running",
            payment,
            "protocol.seata_state_machine_inst WHERE is_running = 1");
      }
      branches(inDoubt, "payment", databases.payment(), payment);
      if (!databases.reservation().equals(databases.payment())) {
        branches(inDoubt, "reservation", databases.reservation(), reservation);
        branches(inDoubt, "point", databases.point(), point);
      }
    }
    return inDoubt;
  }

  private static void branches(
      Map<String, Long> inDoubt, String service, JdbcAccess database, Connection connection)
      throws SQLException {
    String name = service + " branches prepared";
    if (database.url().startsWith("jdbc:postgresql:")) {
      put(inDoubt, name, connection, "pg_prepared_xacts WHERE database = current_database()");
    } else {
      // Lists those of the whole server: only XA makes any, and it has a database here to itself.
      putIfAny(inDoubt, name, size(connection, "XA RECOVER"));
    }
  }

  private static void put(
      Map<String, Long> inDoubt, String name, Connection connection, String rows)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + rows)) {
      result.next();
      putIfAny(inDoubt, name, result.getLong(1));
    }
  }

  private static void putIfAny(Map<String, Long> inDoubt, String name, long count) {
    if (count > 0) {
      inDoubt.put(name, count);
    }
  }

  private static long size(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      long rows = 0;
      while (result.next()) {
        rows++;
      }
      return rows;
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
      result.next();
      return result.getBoolean(1);
    }
  }
}
