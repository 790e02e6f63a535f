package org.ticketing.stack.system;

import java.util.Set;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.server.Servers;

/** The stack that a system is started on. */
public interface Host {

  Run run();

  Servers servers();

  SystemKeys keys();

  /** The names of what runs as shipped; see {@link SystemDescription#changed}. */
  Set<String> asShipped();

  /** The cache of classes. The first system that starts makes it, and the others wait for it. */
  StartCache startCache();

  /** Takes a port for a process of a system, whose first process has the index 0. */
  int servicePort(int index);

  /** Is called when a system has ended. */
  void forget(TicketingSystem system);
}
