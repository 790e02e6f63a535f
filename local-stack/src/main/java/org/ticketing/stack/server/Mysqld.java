package org.ticketing.stack.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.MysqlBinaries;
import org.ticketing.stack.run.Run;

/** MySQL's own program. It finds its other files by itself. */
final class Mysqld extends MysqlProgram {

  static final String NO_X_PROTOCOL = "--mysqlx=OFF";

  /** Without TLS the driver has to fetch the key that passwords are sent with. */
  static final String URL_OPTIONS = "sslMode=DISABLED&allowPublicKeyRetrieval=true";

  private static final String NO_CERTIFICATES = "--auto-generate-certs=OFF";

  private final Path program;
  private final Path firstStatements;

  /**
   * @param folder of an installation
   */
  Mysqld(Run run, Path folder) {
    super(run, "mysql", "MySQL");
    this.program = MysqlBinaries.program(folder);
    this.firstStatements = folderBeside().resolve("first-statements.sql");
  }

  @Override
  Path program() {
    return program;
  }

  /** A user can be created by the first start only. */
  @Override
  void createData() {
    run()
        .children()
        .run(
            command(List.of("--initialize-insecure", "--skip-log-bin", NO_CERTIFICATES)),
            InputStream.nullInputStream());
    write("DROP USER root@localhost;\n" + createUser());
  }

  /** Performance schema and the other settings are MySQL's own. */
  @Override
  List<String> argumentsOfStart() {
    return List.of(
        "--init-file=" + firstStatements, NO_X_PROTOCOL, "--tls-version=", NO_CERTIFICATES);
  }

  @Override
  String urlOptions() {
    return URL_OPTIONS;
  }

  /** Every start reads the file, but the user exists now. */
  @Override
  void afterStart() {
    write("");
  }

  private void write(String statements) {
    try {
      Files.writeString(firstStatements, statements);
    } catch (IOException e) {
      throw new StackException("Cannot write " + firstStatements + ": " + e.getMessage(), e);
    }
  }
}
