package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/** Starts Seata's server. */
public final class SeataLauncher implements ServerLauncher {

  @Override
  public String name() {
    return SeataServer.NAME;
  }

  @Override
  public String label() {
    return SeataServer.LABEL;
  }

  @Override
  public Server.Kind kind() {
    return Server.Kind.COORDINATOR;
  }

  @Override
  public Server start(Run run, Optional<JdbcAccess> elsewhere) {
    return SeataServer.start(run);
  }
}
