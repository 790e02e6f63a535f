package org.ticketing.cli;

import java.util.List;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The systems that a command is about. */
final class ChosenSystems {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Parameters(
      arity = "0..*",
      paramLabel = "<system>",
      description =
          "Only these systems: ${COMPLETION-CANDIDATES}. Default: all but those that are played on"
              + " demand alone, because they need a server that no other does.",
      completionCandidates = SystemNames.class)
  private List<String> names = List.of();

  /**
   * In the order in which they were named, else in that of tables.
   *
   * @throws ParameterException there is no system of that name
   */
  List<SystemDescription> get() {
    return names.isEmpty() ? Systems.byDefault() : named(names, command.commandLine());
  }

  /**
   * Those of these names, each once.
   *
   * @throws ParameterException there is no system of that name
   */
  static List<SystemDescription> named(List<String> names, CommandLine command) {
    return names.stream().distinct().map(name -> named(name, command)).toList();
  }

  private static SystemDescription named(String name, CommandLine command) {
    return Systems.find(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    command,
                    "There is no system '%s'; choose from %s.".formatted(name, Systems.names())));
  }
}
