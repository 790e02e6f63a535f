package org.ticketing.xa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.ticketing.stack.JdbcAccess;

/** Looks into the database of a service behind its back. */
record Database(JdbcAccess access) {

  /** The first column. */
  List<String> query(String sql) {
    try (Connection connection = access.connect();
        var statement = connection.createStatement()) {
      List<String> column = new ArrayList<>();
      if (statement.execute(sql)) {
        var rows = statement.getResultSet();
        while (rows.next()) {
          column.add(rows.getString(1));
        }
      }
      return column;
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }
}
