package org.ticketing.stack.server;

/** Starts PostgreSQL, or uses a server that runs already. */
public final class PostgresqlLauncher extends DatabaseLauncher {

  public PostgresqlLauncher() {
    super(
        PostgresqlServer.NAME,
        PostgresqlServer.LABEL,
        run ->
            run.hasDatabasesInContainers()
                ? PostgresqlContainer.start(run)
                : PostgresqlServer.start(run),
        PostgresqlServer::elsewhere);
  }
}
