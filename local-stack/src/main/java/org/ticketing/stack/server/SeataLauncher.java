package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/** Starts Seata's server. */
public final class SeataLauncher implements ServerLauncher {

  private final boolean patched;

  /** Starts it with the patches of this project. */
  public SeataLauncher() {
    this(true);
  }

  private SeataLauncher(boolean patched) {
    this.patched = patched;
  }

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
  public Optional<ServerLauncher> asShipped() {
    return Optional.of(new SeataLauncher(false));
  }

  @Override
  public Server start(Run run, Optional<JdbcAccess> elsewhere) {
    return SeataServer.start(run, patched);
  }
}
