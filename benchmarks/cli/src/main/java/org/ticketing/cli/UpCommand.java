package org.ticketing.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.SharedAddresses;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing up}: starts one system, to try it out. */
@Command(
    name = "up",
    description = "Starts one system with its servers, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {

  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "<system>",
      description = "${COMPLETION-CANDIDATES}",
      completionCandidates = SystemNames.class,
      converter = SystemName.class)
  private SystemDescription description;

  @Option(
      names = "--port",
      paramLabel = "<n>",
      description = "Port of the first process; the others follow it. Default: free ports.")
  private Integer port;

  @Option(
      names = "--twice",
      paramLabel = "<process>",
      split = ",",
      description =
          "Processes to start a second instance of, separated by commas: payment, point,"
              + " reservation, shop. Other services call either instance.")
  private List<String> twice = List.of();

  @Option(
      names = "--debug",
      paramLabel = "<process>",
      split = ",",
      description = "Processes that a debugger can attach to, separated by commas.")
  private List<String> debugged = List.of();

  @Option(
      names = "--no-tracker",
      description = "Without the tracker, which shows and steers transactions.")
  private boolean withoutTracker;

  @Mixin private AsShippedOptions asShipped;

  @Mixin private DatabaseOptions databases;

  private static final Map<String, String> WITH_API_DOCUMENTS =
      Map.of("springdoc.api-docs.enabled", "true", "springdoc.swagger-ui.enabled", "true");

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    StackOptions options = StackOptions.forSystems(description).withProgress(new Progress(out));
    if (port != null) {
      if (port < LOWEST_PORT || port > HIGHEST_PORT) {
        throw new ParameterException(
            spec.commandLine(),
            "--port must be from %d to %d.".formatted(LOWEST_PORT, HIGHEST_PORT));
      }
      options = options.withServicePortsFrom(port);
    }
    checkProcesses(twice);
    checkProcesses(debugged);
    return StackSession.run(
        databases.applyTo(asShipped.applyTo(options, List.of(description))),
        stack -> {
          SharedAddresses shared = new SharedAddresses(twice);
          TicketingSystem system =
              stack.start(
                  description,
                  SystemOptions.NONE
                      .withProperties(WITH_API_DOCUMENTS)
                      .withDebugged(Set.copyOf(debugged))
                      .withDetours(shared));
          twice.forEach(process -> shared.add(process, system.startAnother(process)));
          Optional<StackProcess> tracker =
              withoutTracker ? Optional.empty() : Optional.of(system.startTracker());
          out.println();
          for (StackProcess process : system.processes()) {
            out.printf("%-24s %s  pid %d%n", process.name(), process.url(), process.pid());
            process
                .debugPort()
                .ifPresent(open -> out.printf("%-24s debugger: 127.0.0.1:%d%n", "", open));
          }
          for (String process : twice) {
            out.printf("%-24s %s%n", process + ", either", shared.url(process));
          }
          if (tracker.isPresent()) {
            String page = tracker.get().url();
            TrackerOptions.remember(stack.directory(), page);
            out.printf(
                "transactions             %s/transactions (sign in as %s, password %s)%n",
                page, SystemKeys.OPERATOR, system.keys().operatorPassword());
          }
          out.printf("APIs of all services     %s/swagger-ui/index.html%n", system.url("user"));
          out.printf(
              "metrics of each process  curl -H 'Authorization: Bearer %s' %s/actuator/prometheus%n",
              system.keys().scrapeToken(), system.url("payment"));
          if (!stack.asShipped().isEmpty()) {
            out.printf("as shipped               %s%n", String.join(", ", stack.asShipped()));
          }
          out.printf("logs                     %s%n%n", stack.directory());
          out.printf("Buy a ticket (paste into another terminal):%n%n");
          try (ExamplePartner partner = ExamplePartner.start(out)) {
            out.println(CurlSession.on(system::url, system.keys(), partner.url()));
            out.println(
                "\"restart <process>\" and Enter starts a process again from the newest build.");
            out.println("Ctrl-C stops everything.");
            out.flush();
            Restarts.readFrom(System.in, system, out);
            throw new CommandFailed("Stopped, because " + stack.unexpectedDeath().get() + ".");
          }
        });
  }

  private void checkProcesses(List<String> names) {
    for (String name : names) {
      if (!description.processNames().contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "%s has no process '%s'; choose from %s."
                .formatted(
                    description.name(), name, String.join(", ", description.processNames())));
      }
    }
  }
}
