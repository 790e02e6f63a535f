package org.ticketing.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/**
 * Runs the benchmarks that match the patterns, with the options of JMH. It says before what the run
 * takes, and writes the results to the folder of the run. Exit codes: 0 done, 1 failed, 2 wrong
 * arguments.
 */
public final class MicroBenchmarks {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private static final String PACKAGES = "org\\.ticketing\\.[a-z]+\\.";

  private MicroBenchmarks() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(StackOptions.HOME_PROPERTY) == null) {
      System.setProperty(StackOptions.HOME_PROPERTY, home().toString());
    }
    System.exit(run(arguments));
  }

  /** The root of the repository, seen from {@code benchmarks/jmh/target/jmh.jar}. */
  private static Path home() throws Exception {
    Path jar =
        Path.of(MicroBenchmarks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return jar.resolve("../../../..").normalize();
  }

  private static int run(String[] arguments) throws IOException {
    try {
      CommandLineOptions asked = new CommandLineOptions(arguments);
      if (asked.shouldHelp()) {
        asked.showHelp();
        return DONE;
      }
      if (asked.shouldListProfilers()) {
        asked.listProfilers();
        return DONE;
      }
      if (asked.shouldListResultFormats()) {
        asked.listResultFormats();
        return DONE;
      }
      SortedSet<BenchmarkListEntry> chosen = find(asked);
      if (chosen.isEmpty()) {
        return wrong(
            "No benchmark matches %s; there are: %s."
                .formatted(String.join(" ", asked.getIncludes()), names(all())));
      }
      if (asked.shouldList()) {
        chosen.forEach(benchmark -> System.out.println(name(benchmark)));
        return DONE;
      }
      if (asked.shouldListWithParams()) {
        new Runner(asked).listWithParams(asked);
        return DONE;
      }
      return run(asked, chosen);
    } catch (CommandLineOptionException | PatternSyntaxException wrong) {
      return wrong(wrong.getMessage());
    } catch (RunnerException | StackException failure) {
      System.err.println(oneLine(failure.getMessage()));
      return FAILED;
    }
  }

  private static int run(Options asked, Collection<BenchmarkListEntry> chosen)
      throws RunnerException {
    // A stack without servers, for the folder of this run. Each fork has a stack of its own.
    try (LocalStack folder = LocalStack.prepare(StackOptions.forServers(Set.of()))) {
      Path results = folder.directory().resolve("results.json");
      Options options = completed(asked, results);
      System.out.printf("%s%n%s%n%n", names(chosen), RunTime.of(chosen, options));
      new Runner(options).run();
      System.out.printf("%nresults: %s%n", options.getResult().orElse(results.toString()));
      return DONE;
    }
  }

  /** Adds what the command line leaves open. */
  private static Options completed(Options asked, Path results) {
    List<String> jvmArguments = new ArrayList<>(asked.getJvmArgsAppend().orElse(List.of()));
    String home = StackOptions.HOME_PROPERTY;
    jvmArguments.add("-D" + home + "=" + System.getProperty(home));
    var options =
        new OptionsBuilder()
            .parent(asked)
            .shouldFailOnError(true)
            .jvmArgsAppend(jvmArguments.toArray(String[]::new));
    if (!asked.getResult().hasValue()) {
      options.result(results.toString()).resultFormat(ResultFormatType.JSON);
    }
    if (!asked.getParameter("system").hasValue()) {
      options.param(
          "system",
          Systems.byDefault().stream().map(SystemDescription::name).toArray(String[]::new));
    }
    return options.build();
  }

  private static SortedSet<BenchmarkListEntry> find(Options asked) {
    return BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
            asked.getIncludes(),
            asked.getExcludes());
  }

  private static SortedSet<BenchmarkListEntry> all() {
    return find(new OptionsBuilder().build());
  }

  private static String names(Collection<BenchmarkListEntry> benchmarks) {
    return benchmarks.stream()
        .map(MicroBenchmarks::name)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }

  private static String name(BenchmarkListEntry benchmark) {
    return benchmark.getUsername().replaceFirst(PACKAGES, "");
  }

  private static int wrong(String message) {
    System.err.println(oneLine(message));
    return WRONG_ARGUMENTS;
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }
}
