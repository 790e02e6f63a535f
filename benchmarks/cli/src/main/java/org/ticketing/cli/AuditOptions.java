package org.ticketing.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.ticketing.experiments.load.Target;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.server.SeataConsole;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.audit.DatabasesElsewhere;
import org.ticketing.verification.audit.SystemDatabases;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an audit has to know of a system that runs elsewhere, beside its database servers. */
final class AuditOptions {

  private static final String SEATA = "seata";
  private static final String SEATA_USER = "TICKETING_SEATA_USER";
  private static final String SEATA_PASSWORD = "TICKETING_SEATA_PASSWORD";

  /** The options that name the servers of a kind of database. */
  private static final Map<String, String> SERVER_OPTIONS =
      Map.of("postgresql", "--postgres", "mysql", "--mysql");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--database",
      paramLabel = "<service>=<name>",
      description =
          "The database of a service in the audited system, or of a process that hosts several."
              + " Default: the name of the service, or of the system if it is one process.")
  private Map<String, String> names = new HashMap<>();

  @Option(
      names = "--coordinator",
      paramLabel = "<prefix>",
      description =
          "In the audit, count only the branches of coordinators whose names begin so. Default: all"
              + " branches that the servers know.")
  private String coordinator;

  @Option(
      names = "--seata",
      paramLabel = "<url>",
      description =
          "In the audit, also ask this Seata server for transactions that it has not finished: the"
              + " URL of its console, such as http://127.0.0.1:7091. User and password, if it needs"
              + " them, from the environment: "
              + SEATA_USER
              + ", "
              + SEATA_PASSWORD
              + " or its file: "
              + SEATA_PASSWORD
              + EnvironmentPassword.FILE
              + ".")
  private String seata;

  boolean areGiven() {
    return !names.isEmpty() || coordinator != null || seata != null;
  }

  /**
   * The databases of a system, each of which was reached once.
   *
   * @throws ParameterException the options do not fit the system
   * @throws UnusableException something cannot be reached
   */
  SystemDatabases of(SystemDescription system, DatabaseServerOptions servers) {
    Map<String, LongSupplier> coordinators = coordinators(system);
    for (String name : new TreeSet<>(names.keySet())) {
      require(
          SystemDescription.SERVICES.contains(name) || system.processNames().contains(name),
          "--database %s: %s has no such service; it has %s."
              .formatted(name, system, String.join(", ", SystemDescription.SERVICES)));
    }
    Map<String, JdbcAccess> access = servers.access(command.commandLine());
    require(
        system.processes().stream().map(ProcessDescription::database).allMatch(access::containsKey),
        "To audit %s, say where its databases are: %s."
            .formatted(system, String.join(" and ", optionsOf(system))));
    return new DatabasesElsewhere(system, access, names)
        .reached(coordinator == null ? "" : coordinator, coordinators);
  }

  private static List<String> optionsOf(SystemDescription system) {
    return system.processes().stream()
        .map(ProcessDescription::database)
        .distinct()
        .map(SERVER_OPTIONS::get)
        .toList();
  }

  private Map<String, LongSupplier> coordinators(SystemDescription system) {
    if (seata == null) {
      return Map.of();
    }
    require(
        system.servers().contains(SEATA),
        "--seata goes with: %s."
            .formatted(
                String.join(
                    ", ",
                    Systems.all().stream()
                        .filter(one -> one.servers().contains(SEATA))
                        .map(SystemDescription::name)
                        .toList())));
    require(
        Target.isUrl(seata),
        "--seata takes a URL such as http://127.0.0.1:7091, not %s.".formatted(seata));
    SeataConsole console = console();
    return Map.of(SEATA, () -> console.unfinishedTransactions(""));
  }

  private SeataConsole console() {
    return EnvironmentPassword.find(SEATA_PASSWORD)
        .map(
            password ->
                SeataConsole.at(seata, System.getenv().getOrDefault(SEATA_USER, SEATA), password))
        .orElseGet(() -> SeataConsole.at(seata));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }
}
