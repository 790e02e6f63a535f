package org.ticketing.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.ticketing.experiments.compare.NotResumableException;
import org.ticketing.experiments.crash.CrashException;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.UnusableException;
import org.ticketing.verification.audit.AuditException;
import org.ticketing.workload.LoadException;
import org.ticketing.workload.NotMeasuredException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. Exit codes: 0 done, 1 failed, 2 wrong arguments. */
@Command(
    name = "ticketing",
    description =
        "One payment over three services, as XA, TCC, saga and choreography, side by side.",
    mixinStandardHelpOptions = true,
    versionProvider = Ticketing.Version.class,
    subcommands = {
      CompareCommand.class,
      LoadCommand.class,
      AuditCommand.class,
      UpCommand.class,
      TransactionsCommand.class,
      LiveCommand.class,
      CrashCommand.class,
      QueueCommand.class,
      JmhCommand.class,
      ReportCommand.class,
      AnomaliesCommand.class
    })
public final class Ticketing implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // scripts, tables and pages are the same everywhere
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine ticketing =
        new CommandLine(new Ticketing())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Ticketing::wrongArguments)
            .setExecutionExceptionHandler(Ticketing::failed);
    // It passes on options that it does not know.
    ticketing.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
    return ticketing;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  private static int wrongArguments(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .printf(
            "%s (./%s --help says more)%n",
            oneLine(failure.getMessage()), command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof UnusableException) {
      command.getErr().println(oneLine(failure.getMessage()));
      return ExitCode.USAGE;
    }
    if (isForUsers(failure)) {
      command.getErr().println(oneLine(failure.getMessage()));
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static boolean isForUsers(Exception failure) {
    return failure instanceof CommandFailed
        || failure instanceof StackException
        || failure instanceof LoadException
        || failure instanceof NotMeasuredException
        || failure instanceof AuditException
        || failure instanceof CrashException
        || failure instanceof NotResumableException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException;
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"ticketing on Java " + Runtime.version()};
    }
  }
}
