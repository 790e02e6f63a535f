package org.ticketing.xa;

import com.atomikos.recovery.OltpLog;
import com.atomikos.recovery.OltpLogFactory;

/** Gives Atomikos the log; Atomikos finds this class with {@link java.util.ServiceLoader}. */
public class DecisionLogFactory implements OltpLogFactory {

  private static volatile OltpLog log;

  /**
   * @param log of the coordinator that starts next, which there is one of in a process; null for
   *     the log of Atomikos, which it then makes itself ({@code AssemblerImp})
   */
  static void use(OltpLog log) {
    DecisionLogFactory.log = log;
  }

  @Override
  public OltpLog createOltpLog() {
    return log;
  }
}
