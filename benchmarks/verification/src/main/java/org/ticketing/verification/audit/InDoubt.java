package org.ticketing.verification.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what is neither done nor undone, wherever a protocol may leave it: payments, claims on
 * points and reservations, prepared branches, tried TCC branches and running state machines.
 */
final class InDoubt {

  private static final String PREPARED_HERE =
      "pg_prepared_xacts WHERE database = current_database()";

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
          "points reserved",
          point,
          Books.pointSchema(databases.point()) + "point_reservation WHERE status = 'RESERVED'");
      if (exists(payment, "protocol.seata_state_machine_inst")) {
        put(
            inDoubt,
            "state machines running",
            payment,
            """
            protocol.seata_state_machine_inst
            WHERE is_running OR compensation_status <> 'SU'
              OR status = 'UN' AND compensation_status IS NULL""");
      }
      put(inDoubt, "payment branches prepared", payment, PREPARED_HERE);
      if (!databases.reservation().equals(databases.payment())) {
        put(inDoubt, "reservation branches prepared", reservation, PREPARED_HERE);
      }
      if (Books.isMysql(databases.point())) {
        putIfAny(
            inDoubt, "point branches prepared", preparedOnMysql(point, databases.coordinator()));
      }
    }
    return inDoubt;
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

  private static long preparedOnMysql(Connection connection, String coordinator)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet branch = statement.executeQuery("XA RECOVER")) {
      long own = 0;
      while (branch.next()) {
        if (branch.getString("data").startsWith(coordinator)) {
          own++;
        }
      }
      return own;
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
