package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/** Starts MariaDB, or uses a server that runs already. */
public final class MysqlLauncher implements ServerLauncher {

  @Override
  public String name() {
    return MysqlServer.NAME;
  }

  @Override
  public String label() {
    return MysqlServer.LABEL;
  }

  @Override
  public Server.Kind kind() {
    return Server.Kind.DATABASE;
  }

  @Override
  public Server start(Run run, Optional<JdbcAccess> elsewhere) {
    return elsewhere
        .map(access -> MysqlServer.elsewhere(access, run.id() + "_"))
        .orElseGet(() -> MysqlServer.start(run));
  }
}
