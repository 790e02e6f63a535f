package org.ticketing.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./ticketing transactions}: shows global transactions, and steers those that are stuck. */
@Command(
    name = "transactions",
    description = {
      "Lists the global transactions of a running system, shows where one stands, and steers those"
          + " that are stuck: what the page of the tracker does, for scripts and for the night.",
      "",
      "Ends with 0 if all is done, with 1 if something was refused, is not finished, or was found"
          + " that should not be there, and with 2 if the arguments are wrong, the tracker does not"
          + " answer, or the user is no operator."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {
      ListTransactionsCommand.class,
      ShowTransactionCommand.class,
      SteeringCommand.Retry.class,
      SteeringCommand.Suspend.class,
      SteeringCommand.Resume.class,
      SteeringCommand.Complete.class,
      SteeringCommand.Undo.class,
      SteeringCommand.Release.class,
      TransactionLogCommand.class,
      SteeringsCommand.class
    })
final class TransactionsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
