package org.ticketing.platform.tracking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Somebody who waits for a lock, as a line of text. */
final class Waiting {

  private static final int LONGEST_STATEMENT = 80;

  private Waiting() {}

  /** Of a row of three columns: who it is, for how many seconds it has waited, and with what. */
  static String line(ResultSet row, int number) throws SQLException {
    String statement = row.getString(3);
    return String.format(
        Locale.ROOT,
        "connection %s, for %.1f s: %s",
        row.getString(1),
        row.getDouble(2),
        statement == null || statement.isBlank()
            ? "a statement that is not shown"
            : cut(statement));
  }

  private static String cut(String statement) {
    String line = statement.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_STATEMENT
        ? line
        : line.substring(0, LONGEST_STATEMENT - 3) + "...";
  }
}
