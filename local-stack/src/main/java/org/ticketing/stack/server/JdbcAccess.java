package org.ticketing.stack.server;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ticketing.stack.process.StackException;

/** How to reach a database: {@code jdbc:postgresql://...} or {@code jdbc:mysql://...}. */
public record JdbcAccess(String url, String user, String password) {

  private static final Pattern FORM =
      Pattern.compile("(jdbc:[a-z]+://[^/?]+)(?:/([^?]*))?(\\?.*)?");

  /** Opens a connection, which the caller closes. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Opens a connection over which the server refuses every change. The caller closes it. */
  public Connection connectToRead() throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          isMysql()
              ? "SET SESSION TRANSACTION READ ONLY"
              : "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Whether it is on MySQL or MariaDB, rather than on PostgreSQL. */
  public boolean isMysql() {
    return url.startsWith("jdbc:mysql:");
  }

  /** The command, with the password, that opens it in psql, or in a client of MySQL. */
  String clientCommand(String client) {
    URI server = URI.create(parts().group(1).substring("jdbc:".length()));
    boolean isPostgresql = server.getScheme().equals("postgresql");
    List<String> command = new ArrayList<>();
    command.add((isPostgresql ? "PGPASSWORD=" : "MYSQL_PWD=") + quoted(password));
    command.add(client);
    command.add("--host=" + server.getHost());
    if (server.getPort() != -1) {
      command.add("--port=" + server.getPort());
    }
    command.add((isPostgresql ? "--username=" : "--user=") + quoted(user));
    command.add(database());
    return String.join(" ", command);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * The database of that name on the same server, with the same options.
   *
   * @throws StackException if this is no such URL
   */
  public JdbcAccess withDatabase(String name) {
    Matcher parts = parts();
    String options = parts.group(3) == null ? "" : parts.group(3);
    return new JdbcAccess(parts.group(1) + "/" + name + options, user, password);
  }

  /** The same database at another port of the same host. */
  public JdbcAccess withPort(int port) {
    String server = parts().group(1);
    String host = server.replaceFirst(":\\d+$", "");
    return new JdbcAccess(host + ":" + port + url.substring(server.length()), user, password);
  }

  String database() {
    return parts().group(2);
  }

  private Matcher parts() {
    Matcher parts = FORM.matcher(url);
    if (!parts.matches()) {
      throw new StackException("Not a JDBC URL like jdbc:mysql://host:3306/name: " + url);
    }
    return parts;
  }

  /** Without the password, so that it does not get into logs. */
  @Override
  public String toString() {
    return "JdbcAccess[url=" + url + ", user=" + user + "]";
  }
}
