package org.ticketing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.ticketing.experiments.page.Charts;
import org.ticketing.experiments.page.ReportPage;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.publication.EvidenceException;
import org.ticketing.experiments.publication.Publication;
import org.ticketing.stack.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ticketing report}: makes pages of results. */
@Command(
    name = "report",
    description = {
      "Makes pages of results. Without files: RESULTS.md, docs/questions.md, report.html, and the charts"
          + " of this repository, from benchmarks/results/.",
      "",
      "With files of runs of your own: report.html, report.md, and charts, beside the first file. A"
          + " second comparison is taken for the first one run again."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {

  private static final String RESULTS = "results.json";
  private static final String CHARTS = "charts/";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "<results.json>",
      description =
          "What compare, crash, or jmh has left, or the folder of a run; or a folder with files that"
              + " are named as those of benchmarks/results.")
  private List<Path> files = List.of();

  @Option(
      names = "--output",
      paramLabel = "<folder>",
      description = "Where the pages are written. Default: beside the first file.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Path home = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
    try {
      if (files.isEmpty() && output == null) {
        write(home, RepositoryPages.CHARTS, RepositoryPages.of(home));
        return ExitCode.OK;
      }
      if (files.isEmpty()) {
        throw new EvidenceException("--output goes with files of your own: name some.");
      }
      writeOwn(home);
      return ExitCode.OK;
    } catch (EvidenceException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }

  private void writeOwn(Path home) throws IOException {
    boolean isCollection = files.size() == 1 && isCollection(files.get(0));
    List<Path> named = files.stream().map(ReportCommand::results).toList();
    Evidence evidence = isCollection ? Evidence.read(files.get(0)) : Evidence.of(named);
    if (evidence.isEmpty()) {
      throw new EvidenceException(files.get(0) + " has no results.");
    }
    Path folder = output != null ? output : beside(files.get(0));
    Map<String, String> charts = Charts.of(evidence);
    Map<String, String> pages = new TreeMap<>();
    charts.forEach((name, svg) -> pages.put(CHARTS + name, svg));
    pages.put("report.html", ReportPage.of(evidence));
    pages.put(
        "report.md",
        Publication.ownResults(
            evidence,
            isCollection ? List.of() : named,
            RepositoryPages.pictures(charts, CHARTS),
            folder,
            home));
    write(folder, CHARTS, pages);
  }

  /** Whether it is a folder like that of the repository, and not that of a run. */
  private static boolean isCollection(Path file) {
    return Files.isDirectory(file) && !Files.exists(file.resolve(RESULTS));
  }

  /** The results of a run whose folder was named. */
  private static Path results(Path file) {
    return Files.isDirectory(file) ? file.resolve(RESULTS) : file;
  }

  private static Path beside(Path file) {
    return Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
  }

  /** Charts of earlier results do not stay behind. */
  private void write(Path folder, String charts, Map<String, String> pages) throws IOException {
    deleteCharts(folder.resolve(charts));
    PrintWriter out = spec.commandLine().getOut();
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Path file = folder.resolve(page.getKey());
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, page.getValue());
      if (!page.getKey().startsWith(charts)) {
        out.println(file);
      }
    }
    out.flush();
  }

  private static void deleteCharts(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".svg")).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
