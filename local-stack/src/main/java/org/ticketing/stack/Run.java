package org.ticketing.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What all processes of one stack share: folder, ports, children, and who is told about them. */
final class Run implements AutoCloseable {

  private final Path home;
  private final List<String> jvmOptions;
  private final Jdk jdk = Jdk.ofServices();
  private final RuleAgents agents;
  private final String id = "t" + Secrets.random(4);
  private final RunDirectory directory;
  private final ChildProcesses children;
  private final Ports ports = new Ports();
  private final Binaries binaries;
  private final Consumer<String> progress;
  private final CompletableFuture<ProcessDeath> death = new CompletableFuture<>();

  Run(StackOptions options) {
    home = options.home();
    jvmOptions = options.jvmOptions();
    progress = options.progress();
    directory = RunDirectory.create(home);
    binaries = new Binaries(home, progress);
    agents = new RuleAgents(home, options.acceptsRules() ? Optional.of(ports) : Optional.empty());
    try {
      Path script = RunDirectory.copy("watchdog.sh", directory.data("watchdog"));
      children = new ChildProcesses(new Watchdog(script));
    } catch (IOException e) {
      directory.close();
      throw new StackException("Cannot start the watchdog: " + e.getMessage(), e);
    }
  }

  /** The root of the repository. */
  Path home() {
    return home;
  }

  /** Given to every service process and the Seata server. */
  List<String> jvmOptions() {
    return jvmOptions;
  }

  /** Runs every child JVM. */
  Jdk jdk() {
    return jdk;
  }

  /** Tells this run's databases and global transactions from all others on shared servers. */
  String id() {
    return id;
  }

  /** The agents of its JVMs. */
  RuleAgents agents() {
    return agents;
  }

  RunDirectory directory() {
    return directory;
  }

  ChildProcesses children() {
    return children;
  }

  Ports ports() {
    return ports;
  }

  Binaries binaries() {
    return binaries;
  }

  CompletableFuture<ProcessDeath> death() {
    return death;
  }

  void progress(String line) {
    progress.accept(line);
  }

  /** A command with its data folder as working directory and its log named like it. */
  Command command(
      String name, List<String> arguments, Map<String, String> environment, String abort) {
    return new Command(
        name, arguments, environment, directory.data(name), directory.log(name), abort);
  }

  /** A process that has not been started yet. */
  StackProcess prepare(
      Command command, int port, StackProcess.Readiness readiness, Duration deadline) {
    return new StackProcess(
        children,
        () -> command,
        port,
        agents.portOf(command.name()),
        OptionalInt.empty(),
        StackProcess.Attachment.NONE,
        readiness,
        deadline,
        death);
  }

  /**
   * A service process that has not been started yet, and accepts rules once it is ready, if those
   * of this run do.
   *
   * @param commands makes the command of each start
   */
  StackProcess prepareService(
      String name,
      Supplier<Command> commands,
      int port,
      OptionalInt debugPort,
      StackProcess.Readiness readiness,
      Duration deadline) {
    OptionalInt rulePort = agents.openPortOf(name);
    return new StackProcess(
        children,
        commands,
        port,
        rulePort,
        debugPort,
        rulePort.isPresent() ? pid -> agents.attach(name, pid) : StackProcess.Attachment.NONE,
        readiness,
        deadline,
        death);
  }

  /** Starts a process that stays, and waits until it is ready. */
  StackProcess start(
      Command command, int port, StackProcess.Readiness readiness, Duration deadline) {
    StackProcess process = prepare(command, port, readiness, deadline);
    process.start();
    return process;
  }

  /** Ends all processes, then gives up ports and data. */
  @Override
  public void close() {
    children.close();
    ports.close();
    directory.close();
  }
}
