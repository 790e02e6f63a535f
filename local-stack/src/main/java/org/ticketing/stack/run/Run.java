package org.ticketing.stack.run;

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
import org.ticketing.stack.process.ChildProcesses;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.Ports;
import org.ticketing.stack.process.ProcessDeath;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.process.Watchdog;

/** What all processes of one stack share: folder, ports, children, and who is told about them. */
public final class Run implements AutoCloseable {

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

  /**
   * Begins a run.
   *
   * @param home the root of the repository
   * @param jvmOptions given to every service process and to servers that are Java programs
   * @param acceptsRules whether these JVMs accept Byteman rules while they run
   * @param progress is told, in one line each, what is being done
   * @throws StackException if its folder cannot be used
   */
  public Run(Path home, List<String> jvmOptions, boolean acceptsRules, Consumer<String> progress) {
    this.home = home;
    this.jvmOptions = jvmOptions;
    this.progress = progress;
    directory = RunDirectory.create(home);
    binaries = new Binaries(home, progress);
    agents = new RuleAgents(acceptsRules ? Optional.of(ports) : Optional.empty());
    try {
      Path script = RunDirectory.copy("watchdog.sh", directory.data("watchdog"));
      children = new ChildProcesses(new Watchdog(script));
    } catch (IOException e) {
      directory.close();
      throw new StackException("Cannot start the watchdog: " + e.getMessage(), e);
    }
  }

  /** The root of the repository. */
  public Path home() {
    return home;
  }

  /** Given to every service process, and to servers that are Java programs. */
  public List<String> jvmOptions() {
    return jvmOptions;
  }

  /** Runs every child JVM. */
  public Jdk jdk() {
    return jdk;
  }

  /** Tells this run's databases and global transactions from all others on shared servers. */
  public String id() {
    return id;
  }

  /** The agents of its JVMs. */
  public RuleAgents agents() {
    return agents;
  }

  public RunDirectory directory() {
    return directory;
  }

  public ChildProcesses children() {
    return children;
  }

  public Ports ports() {
    return ports;
  }

  public Binaries binaries() {
    return binaries;
  }

  public CompletableFuture<ProcessDeath> death() {
    return death;
  }

  public void progress(String line) {
    progress.accept(line);
  }

  /** A command with its data folder as working directory and its log named like it. */
  public Command command(
      String name, List<String> arguments, Map<String, String> environment, String abort) {
    return new Command(
        name, arguments, environment, directory.data(name), directory.log(name), abort);
  }

  /** A process that has not been started yet. */
  public StackProcess prepare(
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
  public StackProcess prepareService(
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
  public StackProcess start(
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
