package org.ticketing.stack.system;

/** Leads what a system's processes open to each other, and to servers, to other ports. */
@FunctionalInterface
public interface Detours {

  /** Everybody is reached at the port of its own. */
  Detours NONE = (caller, callee, port) -> port;

  /**
   * The port on the loopback interface at which a process reaches another one or a server. It is
   * asked for whenever the process is started, from several threads.
   *
   * @param caller the name of the process, alike for all its instances
   * @param callee the name of the other process or of the server, also of the database's
   * @param port at which the callee listens
   */
  int portFor(String caller, String callee, int port);

  /**
   * The same for one instance of a process. It is told to the caller by the instance, which others
   * may share a name with, and so a port.
   */
  default int portForInstance(String caller, String callee, int port) {
    return portFor(caller, callee, port);
  }
}
