package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.io.IOException;
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

/** A running system with all that is needed to sell, strike and judge. */
record TestBed(TargetSystem victims, BoxOffice boxOffice, History history, Verdict verdict)
    implements Closeable {

  static TestBed start(
      LocalStack stack, SystemDescription description, Workload workload, Duration promised)
      throws IOException, InterruptedException {
    TargetSystem victims = TargetSystem.start(stack, description, BoxOffice.SETTING);
    try {
      TicketingSystem system = victims.system();
      PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
      PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
      History history = new History(description.name());
      BoxOffice boxOffice = BoxOffice.open(visitor, operator, workload, history);
      return new TestBed(victims, boxOffice, history, new Verdict(system, promised));
    } catch (RuntimeException | InterruptedException failure) {
      victims.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    victims.close();
  }
}
