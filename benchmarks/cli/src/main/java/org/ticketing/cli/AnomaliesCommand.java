package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ticketing.experiments.publication.Anomaly;
import org.ticketing.experiments.publication.Publication;
import org.ticketing.workload.history.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing anomalies}: the smallest histories that show one. */
@Command(
    name = "anomalies",
    description =
        "Looks in histories for payments that were refused although their points stayed used, and for"
            + " payments that were seen half done. Writes the smallest part that shows each, and the"
            + " digest of the history that it is from.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AnomaliesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "<history.jsonl>",
      description = "Histories that compare, crash, or load has left.")
  private List<Path> files;

  @Option(
      names = "--output",
      paramLabel = "<folder>",
      defaultValue = "benchmarks/results",
      description =
          "The parts are written to its folder histories, the digests beside it. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : files) {
      History history = read(file);
      boolean found = false;
      for (Anomaly anomaly : Anomaly.values()) {
        Optional<History> smallest = anomaly.smallestIn(history);
        if (smallest.isPresent()) {
          found = true;
          Path folder = Files.createDirectories(output.resolve("histories"));
          Path part = folder.resolve(anomaly.fileOf(history));
          smallest.get().writeTo(part);
          out.printf("%s: %s: %s%n", file, anomaly.title(), part);
        }
      }
      if (found) {
        Publication.leaveOut(output, file);
      } else {
        out.printf("%s: no anomaly%n", file);
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private History read(Path file) {
    try {
      return History.readFrom(file);
    } catch (IOException wrong) {
      throw new ParameterException(
          spec.commandLine(),
          Files.exists(file) ? wrong.getMessage() : "There is no file " + file + ".");
    }
  }
}
