package org.ticketing.cli;

import java.util.HashMap;
import java.util.Map;
import org.ticketing.stack.server.JdbcAccess;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Database servers that run elsewhere. */
final class DatabaseServerOptions {

  private static final String POSTGRES_PASSWORD = "TICKETING_POSTGRES_PASSWORD";
  private static final String MYSQL_PASSWORD = "TICKETING_MYSQL_PASSWORD";

  @Option(
      names = "--postgres",
      paramLabel = "<url>",
      description =
          "Use this PostgreSQL: jdbc:postgresql://host:port/database. Password from the"
              + " environment: "
              + POSTGRES_PASSWORD
              + ", or its file: "
              + POSTGRES_PASSWORD
              + EnvironmentPassword.FILE
              + ".")
  private String postgres;

  @Option(
      names = "--postgres-user",
      paramLabel = "<user>",
      description = "May create databases, or read those to be audited. Default: ${DEFAULT-VALUE}.")
  private String postgresUser = "postgres";

  @Option(
      names = "--mysql",
      paramLabel = "<url>",
      description =
          "Use this MySQL or MariaDB: jdbc:mysql://host:port/. Password from the"
              + " environment: "
              + MYSQL_PASSWORD
              + ", or its file: "
              + MYSQL_PASSWORD
              + EnvironmentPassword.FILE
              + ".")
  private String mysql;

  @Option(
      names = "--mysql-user",
      paramLabel = "<user>",
      description = "May create databases, or read those to be audited. Default: ${DEFAULT-VALUE}.")
  private String mysqlUser = "root";

  boolean areGiven() {
    return isPostgresGiven() || isMysqlGiven();
  }

  boolean isPostgresGiven() {
    return postgres != null;
  }

  boolean isMysqlGiven() {
    return mysql != null;
  }

  /**
   * Access to those that are given, by the names of servers in descriptions.
   *
   * @param command that has the options
   * @throws ParameterException a URL is not one of its kind, or has no password
   */
  Map<String, JdbcAccess> access(CommandLine command) {
    Map<String, JdbcAccess> given = new HashMap<>();
    if (isPostgresGiven()) {
      require(command, "--postgres", "jdbc:postgresql://", postgres);
      given.put(
          "postgresql",
          new JdbcAccess(
              postgres, postgresUser, password(command, "--postgres", POSTGRES_PASSWORD)));
    }
    if (isMysqlGiven()) {
      require(command, "--mysql", "jdbc:mysql://", mysql);
      given.put(
          "mysql", new JdbcAccess(mysql, mysqlUser, password(command, "--mysql", MYSQL_PASSWORD)));
    }
    return given;
  }

  private static void require(CommandLine command, String option, String prefix, String url) {
    if (!url.startsWith(prefix)) {
      throw new ParameterException(
          command, option + " must begin with " + prefix + ", not " + url + ".");
    }
  }

  private static String password(CommandLine command, String option, String variable) {
    return EnvironmentPassword.find(variable)
        .orElseThrow(
            () ->
                new ParameterException(
                    command,
                    "%s needs the password in the environment variable %s, or its file in %s%s."
                        .formatted(option, variable, variable, EnvironmentPassword.FILE)));
  }
}
