package org.ticketing.cli;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * An option for each library and server that this project changes, such as {@code --seata stock},
 * which runs it as shipped. The descriptions of the systems name them.
 */
@Command
final class AsShippedOptions {

  private enum Release {
    PATCHED,
    STOCK
  }

  private CommandSpec command;

  @Spec(Target.MIXEE)
  void addTo(CommandSpec command) {
    this.command = command;
    for (String name : changed(Systems.all())) {
      command.addOption(
          OptionSpec.builder("--" + name)
              .type(Release.class)
              .paramLabel("patched|stock")
              .defaultValue("patched")
              .description(
                  "%s as changed by this project, or as shipped (stock). Default: ${DEFAULT-VALUE}."
                      .formatted(name))
              .build());
    }
  }

  /**
   * Runs as shipped what the command line says.
   *
   * @throws ParameterException none of the systems uses it
   */
  StackOptions applyTo(StackOptions options, Collection<SystemDescription> systems) {
    Set<String> asShipped = new TreeSet<>(changed(Systems.all()));
    asShipped.removeIf(name -> command.findOption("--" + name).getValue() != Release.STOCK);
    for (String name : asShipped) {
      if (!changed(systems).contains(name)) {
        throw new ParameterException(
            command.commandLine(),
            "--%s goes with: %s."
                .formatted(
                    name,
                    String.join(
                        ", ",
                        Systems.all().stream()
                            .filter(system -> system.changed().contains(name))
                            .map(SystemDescription::name)
                            .toList())));
      }
    }
    return options.withAsShipped(asShipped);
  }

  private static SortedSet<String> changed(Collection<SystemDescription> systems) {
    SortedSet<String> names = new TreeSet<>();
    systems.forEach(system -> names.addAll(system.changed()));
    return names;
  }
}
