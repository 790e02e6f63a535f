package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/**
 * Starts a kind of server. Implementations are found by {@link java.util.ServiceLoader}; a new kind
 * of server is added as a new implementation.
 */
public interface ServerLauncher {

  /** The name that descriptions of systems use. */
  String name();

  /** The name that users know it by. */
  String label();

  Server.Kind kind();

  /** Starts the same server without what this project changes of it; none if that is nothing. */
  default Optional<ServerLauncher> asShipped() {
    return Optional.empty();
  }

  /**
   * Starts a server, or connects to one that runs already.
   *
   * @param elsewhere an administrator's access, if a database server that runs already is to be
   *     used
   * @throws org.ticketing.stack.process.StackException if it cannot be started
   */
  Server start(Run run, Optional<JdbcAccess> elsewhere);
}
