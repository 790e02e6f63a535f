package org.ticketing.experiments.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.load.LoadRun.Sent;
import org.ticketing.experiments.relay.DistantSystem;
import org.ticketing.experiments.report.AuditTable;
import org.ticketing.experiments.report.Environment;
import org.ticketing.experiments.report.Judgement;
import org.ticketing.experiments.report.ProgressListener;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.verification.audit.SystemDatabases;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.PaymentWay;

/** Puts load at a fixed rate on one system, and measures it. */
public final class Load {

  private final LocalStack stack;
  private final Path home;
  private final LoadSettings settings;
  private final PaymentWay way;
  private final ProgressListener progress;

  /**
   * @param stack in whose directory the files of the run are left
   * @param home the root of the repository
   * @param way how clients ask for their payments
   */
  public Load(
      LocalStack stack,
      Path home,
      LoadSettings settings,
      PaymentWay way,
      ProgressListener progress) {
    this.stack = stack;
    this.home = home;
    this.settings = settings;
    this.way = way;
    this.progress = progress;
  }

  /**
   * Starts a system on the servers of the stack, puts the load on it, and audits it.
   *
   * @throws org.ticketing.workload.LoadException the load could not be prepared
   */
  public LoadResults on(SystemDescription description) throws InterruptedException, IOException {
    if (settings.roundTrip() == null) {
      return on(stack.start(description, SystemOptions.NONE.withProperties(BoxOffice.SETTING)));
    }
    try (DistantSystem distant =
        DistantSystem.start(stack, description, BoxOffice.SETTING, settings.roundTrip())) {
      return on(distant.system());
    }
  }

  private LoadResults on(TicketingSystem system) throws InterruptedException, IOException {
    return on(
        Deployment.of(system),
        Surroundings.environment(stack, home, List.of(system.description())),
        Optional.of(SystemDatabases.of(system)));
  }

  /**
   * Puts the load on a system that runs elsewhere, and audits it.
   *
   * @param databases of the system; empty if they cannot be audited from here
   * @throws org.ticketing.workload.LoadException the load could not be prepared
   */
  public LoadResults on(Deployment deployment, Optional<SystemDatabases> databases)
      throws InterruptedException, IOException {
    return on(deployment, Surroundings.environment(stack, home, List.of()), databases);
  }

  private LoadResults on(
      Deployment deployment, Environment environment, Optional<SystemDatabases> databases)
      throws InterruptedException, IOException {
    Instant startedAt = Instant.now();
    Sent sent = new LoadRun(deployment, settings, way, stack.directory(), progress).send();
    Judgement judgement = null;
    if (databases.isPresent()) {
      progress.accept("auditing " + deployment.name());
      AuditTable.notAsked(databases.get()).ifPresent(progress);
      judgement = Judgement.on(databases.get(), sent.history());
    }
    return new LoadResults(
        LoadResults.SCHEMA_VERSION,
        startedAt,
        Instant.now(),
        environment,
        deployment.system(),
        deployment.target(),
        settings,
        sent.reserved(),
        sent.warmUp(),
        sent.counted(),
        sent.accepted(),
        judgement);
  }
}
