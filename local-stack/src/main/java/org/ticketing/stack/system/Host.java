package org.ticketing.stack.system;

import org.ticketing.stack.run.Run;
import org.ticketing.stack.server.Servers;

/** What a system is started on. */
public interface Host {

  Run run();

  Servers servers();

  SystemKeys keys();

  /** Made by the first system that starts; the others wait for it. */
  StartCache startCache();

  /** The port for a system's process: the first has the index 0. */
  int servicePort(int index);

  /** The system has ended. */
  void forget(TicketingSystem system);
}
