package org.ticketing.cli;

import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Databases that run elsewhere, in containers, or another MySQL, instead of the embedded ones. */
final class DatabaseOptions {

  private static final String POSTGRES_PASSWORD = "TICKETING_POSTGRES_PASSWORD";
  private static final String MYSQL_PASSWORD = "TICKETING_MYSQL_PASSWORD";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--postgres",
      paramLabel = "<url>",
      description =
          "Use this PostgreSQL: jdbc:postgresql://host:port/database. Password from the"
              + " environment: "
              + POSTGRES_PASSWORD
              + ".")
  private String postgres;

  @Option(
      names = "--postgres-user",
      paramLabel = "<user>",
      description = "May create databases. Default: ${DEFAULT-VALUE}.")
  private String postgresUser = "postgres";

  @Option(
      names = "--mysql",
      paramLabel = "<url>",
      description =
          "Use this MySQL or MariaDB: jdbc:mysql://host:port/. Password from the"
              + " environment: "
              + MYSQL_PASSWORD
              + ".")
  private String mysql;

  @Option(
      names = "--mysql-user",
      paramLabel = "<user>",
      description = "May create databases. Default: ${DEFAULT-VALUE}.")
  private String mysqlUser = "root";

  @Mixin private StartedDatabases started;

  /** Is applied last: it may tell the options' listener something. */
  StackOptions applyTo(StackOptions options) {
    StackOptions chosen = options;
    if (started.areContainers()) {
      exclude("--databases docker", "--postgres", postgres);
      exclude("--databases docker", "--mysql", mysql);
    }
    if (postgres != null) {
      chosen =
          chosen.withElsewhere(
              "postgresql",
              access(
                  "--postgres", "jdbc:postgresql://", postgres, postgresUser, POSTGRES_PASSWORD));
    }
    if (mysql == null) {
      return started.applyTo(chosen, command.commandLine());
    }
    if (started.hasMysql()) {
      exclude("--mysql-binaries", "--mysql", mysql);
    }
    return chosen.withElsewhere(
        "mysql", access("--mysql", "jdbc:mysql://", mysql, mysqlUser, MYSQL_PASSWORD));
  }

  private void exclude(String option, String other, String value) {
    if (value != null) {
      throw new ParameterException(
          command.commandLine(), "%s and %s exclude each other.".formatted(other, option));
    }
  }

  private JdbcAccess access(
      String option, String prefix, String url, String user, String passwordVariable) {
    if (!url.startsWith(prefix)) {
      throw new ParameterException(
          command.commandLine(), option + " must begin with " + prefix + ", not " + url + ".");
    }
    String password = System.getenv(passwordVariable);
    if (password == null) {
      throw new ParameterException(
          command.commandLine(),
          option + " needs the password in the environment variable " + passwordVariable + ".");
    }
    return new JdbcAccess(url, user, password);
  }
}
