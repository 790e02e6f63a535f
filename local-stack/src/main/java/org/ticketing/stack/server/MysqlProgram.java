package org.ticketing.stack.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;

/** The program of a server that speaks as MySQL does, with fresh data. */
abstract class MysqlProgram {

  /** What the protocols rely on, and what is the same in every server. */
  static final List<String> SETTINGS =
      List.of(
          "--skip-name-resolve",
          "--skip-log-bin",
          "--innodb-flush-log-at-trx-commit=1",
          "--transaction-isolation=READ-COMMITTED",
          "--character-set-server=utf8mb4",
          "--max-connections=500");

  private final Run run;
  private final String name;
  private final String label;
  private final String password = Secrets.random(16);

  /**
   * @param name of its process
   * @param label that users know it by
   */
  MysqlProgram(Run run, String name, String label) {
    this.run = run;
    this.name = name;
    this.label = label;
  }

  /** MySQL's if it was chosen, else MariaDB's. */
  static MysqlProgram of(Run run) {
    return run.binaries()
        .mysql()
        .<MysqlProgram>map(folder -> new Mysqld(run, folder))
        .orElseGet(() -> new Mariadbd(run));
  }

  /** Creates the data and starts the server. */
  final MysqlServer start() {
    run.progress("creating " + label + "'s data");
    createData();

    run.progress("starting " + label);
    int port = run.ports().any();
    var admin =
        new JdbcAccess(
            "jdbc:mysql://127.0.0.1:%s/?%s".formatted(port, urlOptions()),
            MysqlServer.USER,
            password);
    StackProcess process =
        run.start(
            command(arguments(port)),
            port,
            () -> DatabaseServer.isReady(admin),
            DatabaseServer.START_DEADLINE);
    afterStart();
    return MysqlServer.here(admin, process);
  }

  private List<String> arguments(int port) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Relative to the data folder: the path of a socket may have about 100 characters.
                "--socket=%s.sock".formatted(name),
                "--pid-file=%s.pid".formatted(name)));
    arguments.addAll(SETTINGS);
    arguments.addAll(argumentsOfStart());
    return arguments;
  }

  /** Runs it with these arguments and those that it always needs. */
  final Command command(List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.add(program().toString());
    all.add("--no-defaults");
    all.add("--datadir=" + run.directory().data(name));
    // A folder of its own: in a shared one, a start fails on what others delete.
    all.add("--tmpdir=" + folderBeside());
    if (run.directory().uid() == 0) {
      all.add("--user=root");
    }
    all.addAll(arguments);
    return run.command(name, all, Map.of(), Command.KILL);
  }

  final Run run() {
    return run;
  }

  /** A folder beside its data. */
  final Path folderBeside() {
    return run.directory().data(name + "-tmp");
  }

  /** Statements that give the user of the services every right, each in a line. */
  final String createUser() {
    return """
        CREATE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
        GRANT ALL ON *.* TO '%1$s'@'127.0.0.1';
        """
        .formatted(MysqlServer.USER, password);
  }

  abstract Path program();

  abstract void createData();

  abstract List<String> argumentsOfStart();

  abstract String urlOptions();

  void afterStart() {}
}
