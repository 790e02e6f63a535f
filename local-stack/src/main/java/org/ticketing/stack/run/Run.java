package org.ticketing.stack.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.ticketing.stack.process.ChildProcesses;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.Ports;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;

/**
 * What all processes of one stack share: its folder, ports, JDK and programs, and what watches over
 * them.
 */
public final class Run implements AutoCloseable {

  private final Path home;
  private final List<String> jvmOptions;
  private final Jdk jdk = Jdk.ofServices();
  private final RuleAgents agents;
  private final String id = "t" + Secrets.random(4);
  private final RunDirectory directory;
  private final ChildProcesses children;
  private final Ports ports = new Ports();
  private final DatabasePrograms programs;
  private final Binaries binaries;
  private final Consumer<String> progress;

  /**
   * Begins a run.
   *
   * @param home the root of the repository
   * @param jvmOptions given to every service process and to servers that are Java programs
   * @param acceptsRules whether these JVMs accept Byteman rules while they run
   * @param programs the database servers
   * @param progress is told, in one line each, what is being done
   * @throws StackException if its folder cannot be used
   */
  public Run(
      Path home,
      List<String> jvmOptions,
      boolean acceptsRules,
      DatabasePrograms programs,
      Consumer<String> progress) {
    this.home = home;
    this.jvmOptions = jvmOptions;
    this.programs = programs;
    this.progress = progress;
    directory = RunDirectory.create(home);
    binaries = new Binaries(home, programs.mysql(), progress);
    agents = new RuleAgents(acceptsRules ? Optional.of(ports) : Optional.empty());
    try {
      children = new ChildProcesses(directory.data("watchdog"));
    } catch (StackException e) {
      directory.close();
      throw e;
    }
  }

  /** The root of the repository. */
  public Path home() {
    return home;
  }

  /** The options of every service process, and of servers that are Java programs. */
  public List<String> jvmOptions() {
    return jvmOptions;
  }

  /** The JDK of every child JVM. */
  public Jdk jdk() {
    return jdk;
  }

  /** A name that tells this run's databases and global transactions from others on a server. */
  public String id() {
    return id;
  }

  /** The Byteman agents of its JVMs. */
  public RuleAgents agents() {
    return agents;
  }

  /** The folder of its data and logs. */
  public RunDirectory directory() {
    return directory;
  }

  /** The processes that it has started. */
  public ChildProcesses children() {
    return children;
  }

  /** The ports that it holds. */
  public Ports ports() {
    return ports;
  }

  /** Whether the database servers are started in containers, and not from {@link #binaries}. */
  public boolean hasDatabasesInContainers() {
    return programs.areContainers();
  }

  /** The programs of the database servers. */
  public Binaries binaries() {
    return binaries;
  }

  /** Tells the user, in one line, what is being done. */
  public void progress(String line) {
    progress.accept(line);
  }

  /** A command whose working directory is the process's data folder, with a log of its name. */
  public Command command(
      String name, List<String> arguments, Map<String, String> environment, String abort) {
    return new Command(
        name, arguments, environment, directory.data(name), directory.log(name), abort);
  }

  /** A process that has not been started yet, and accepts no debugger and no further rules. */
  public StackProcess prepare(
      Command command, int port, StackProcess.Readiness readiness, Duration deadline) {
    return new StackProcess(
        children,
        new StackProcess.Start(() -> command, readiness, deadline),
        new StackProcess.Endpoints(port, agents.portOf(command.name()), OptionalInt.empty()),
        StackProcess.Attachment.NONE);
  }

  /**
   * A service process that has not been started yet. Once it is ready it accepts rules, if the JVMs
   * of this run do.
   */
  public StackProcess prepareService(
      String name, StackProcess.Start start, int port, OptionalInt debugPort) {
    OptionalInt rulePort = agents.openPortOf(name);
    return new StackProcess(
        children,
        start,
        new StackProcess.Endpoints(port, rulePort, debugPort),
        rulePort.isPresent() ? pid -> agents.attach(name, pid) : StackProcess.Attachment.NONE);
  }

  /** Starts a process, and waits until it is ready. */
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
