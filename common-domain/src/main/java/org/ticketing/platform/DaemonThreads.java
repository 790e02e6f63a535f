package org.ticketing.platform;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a process from ending. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** Makes threads that all have this name. */
  public static ThreadFactory named(String name) {
    return work -> {
      var thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
