package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.time.Duration;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;
import org.ticketing.workload.Workload;
import org.ticketing.workload.history.History;

/**
 * A running system, and what is needed to sell tickets on it, inject faults and judge the result.
 */
public record TestBed(TargetSystem target, BoxOffice boxOffice, History history, Verdict verdict)
    implements Closeable {

  /**
   * Starts a system and opens its sale.
   *
   * @param promised the time in which everything must be consistent again after the last restart
   */
  public static TestBed start(
      LocalStack stack, SystemDescription description, Workload workload, Duration promised)
      throws InterruptedException {
    TargetSystem target = TargetSystem.start(stack, description, BoxOffice.SETTING);
    try {
      TicketingSystem system = target.system();
      PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
      PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
      History history = new History(description.name());
      BoxOffice boxOffice = BoxOffice.open(visitor, operator, workload, history);
      return new TestBed(target, boxOffice, history, new Verdict(system, history, promised));
    } catch (RuntimeException | InterruptedException failure) {
      target.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    target.close();
  }
}
