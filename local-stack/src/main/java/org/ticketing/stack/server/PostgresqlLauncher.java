package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/** Starts PostgreSQL, or uses a server that runs already. */
public final class PostgresqlLauncher implements ServerLauncher {

  @Override
  public String name() {
    return PostgresqlServer.NAME;
  }

  @Override
  public String label() {
    return PostgresqlServer.LABEL;
  }

  @Override
  public Server.Kind kind() {
    return Server.Kind.DATABASE;
  }

  @Override
  public Server start(Run run, Optional<JdbcAccess> elsewhere) {
    return elsewhere
        .map(access -> PostgresqlServer.elsewhere(access, run.id() + "_"))
        .orElseGet(() -> PostgresqlServer.start(run));
  }
}
