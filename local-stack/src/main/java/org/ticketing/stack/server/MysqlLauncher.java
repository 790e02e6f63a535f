package org.ticketing.stack.server;

/** Starts MariaDB or MySQL, or uses a server that runs already. */
public final class MysqlLauncher extends DatabaseLauncher {

  public MysqlLauncher() {
    super(
        MysqlServer.NAME,
        MysqlServer.LABEL,
        run ->
            run.hasDatabasesInContainers()
                ? MysqlContainer.start(run)
                : MysqlProgram.of(run).start(),
        MysqlServer::elsewhere);
  }
}
