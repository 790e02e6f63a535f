package org.ticketing.cli;

import java.util.Map;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Databases that run elsewhere, in containers, or another MySQL, instead of the embedded ones. */
final class DatabaseOptions {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Mixin private DatabaseServerOptions servers;

  @Mixin private StartedDatabases started;

  /** Those that run elsewhere. */
  DatabaseServerOptions servers() {
    return servers;
  }

  /** Whether servers are to be started in containers. */
  boolean areContainers() {
    return started.areContainers();
  }

  /** Is applied last: it may tell the options' listener something. */
  StackOptions applyTo(StackOptions options) {
    if (started.areContainers()) {
      exclude(servers.isPostgresGiven(), "--postgres", "--databases docker");
      exclude(servers.isMysqlGiven(), "--mysql", "--databases docker");
    }
    if (started.hasMysql()) {
      exclude(servers.isMysqlGiven(), "--mysql", "--mysql-binaries");
    }
    CommandLine line = command.commandLine();
    StackOptions chosen = options;
    for (Map.Entry<String, JdbcAccess> server : servers.access(line).entrySet()) {
      chosen = chosen.withElsewhere(server.getKey(), server.getValue());
    }
    return servers.isMysqlGiven() ? chosen : started.applyTo(chosen, line);
  }

  private void exclude(boolean isGiven, String option, String other) {
    if (isGiven) {
      throw new ParameterException(
          command.commandLine(), "%s and %s exclude each other.".formatted(option, other));
    }
  }
}
