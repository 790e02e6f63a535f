package org.ticketing.stack.server;

import java.util.Optional;
import org.ticketing.stack.run.Run;

/**
 * Starts one kind of server. Found as a service (see {@link java.util.ServiceLoader}); a new kind
 * of server is a new implementation.
 */
public interface ServerLauncher {

  /** As descriptions of systems name it. */
  String name();

  /** As users know it. */
  String label();

  Server.Kind kind();

  /**
   * Starts a server, or connects to one that runs already.
   *
   * @param elsewhere administrator's access to a database server that runs already
   * @throws org.ticketing.stack.process.StackException if it cannot be started, or would lose what
   *     it has acknowledged
   */
  Server start(Run run, Optional<JdbcAccess> elsewhere);
}
