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

/** Databases that run elsewhere, or another MySQL, instead of the embedded ones. */
final class DatabaseOptions {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Mixin private DatabaseServerOptions servers;

  @Mixin private MysqlBinariesOption mysqlBinaries;

  /** Those that run elsewhere. */
  DatabaseServerOptions servers() {
    return servers;
  }

  /** Is applied last: it may tell the options' listener something. */
  StackOptions applyTo(StackOptions options) {
    CommandLine line = command.commandLine();
    if (servers.isMysqlGiven() && mysqlBinaries.isGiven()) {
      throw new ParameterException(line, "--mysql and --mysql-binaries exclude each other.");
    }
    Map<String, JdbcAccess> elsewhere = servers.access(line);
    StackOptions chosen = options;
    for (Map.Entry<String, JdbcAccess> server : elsewhere.entrySet()) {
      chosen = chosen.withElsewhere(server.getKey(), server.getValue());
    }
    return servers.isMysqlGiven() ? chosen : mysqlBinaries.applyTo(chosen, line);
  }
}
