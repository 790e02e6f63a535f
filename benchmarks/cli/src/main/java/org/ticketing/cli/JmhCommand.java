package org.ticketing.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ticketing.stack.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code ./ticketing jmh}: runs micro-benchmarks in a JVM of their own, as {@code java -jar} does.
 */
@Command(
    name = "jmh",
    description = "Runs micro-benchmarks: what each part of a protocol takes by itself.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Options of JMH are passed on, such as -f (forks), -wi and -i (iterations), -p name=value.",
      "A list of all benchmarks: ./ticketing jmh -l. All options of JMH: ./ticketing jmh -- -h."
    })
final class JmhCommand implements Callable<Integer> {

  /** Also takes the options of JMH: see {@link Ticketing#commandLine()}. */
  @Parameters(
      arity = "0..*",
      paramLabel = "<pattern>",
      description = "Regular expressions: only benchmarks whose name contains one of them.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String home = System.getProperty(StackOptions.HOME_PROPERTY);
    Path jar = Path.of(home, "benchmarks", "jmh", "target", "jmh.jar");
    if (!Files.exists(jar)) {
      throw new CommandFailed(jar + " is missing: run mvn -DskipTests package.");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-D" + StackOptions.HOME_PROPERTY + "=" + home);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    Process jmh = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(jmh::destroy, "end jmh"));
    return jmh.waitFor();
  }
}
