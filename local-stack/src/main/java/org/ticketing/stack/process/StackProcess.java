package org.ticketing.stack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A server or service process, which can be killed and started again on its port and data. */
public final class StackProcess {

  /** Asks the process whether it can do its work. Throwing counts as no. */
  public interface Readiness {
    boolean isReady() throws Exception;
  }

  /** Begins the lives of a process. */
  public interface Launch {

    /**
     * Begins the next one.
     *
     * @throws StackException if that is not possible
     */
    Life begin(Command command);

    /** Whether the process runs in a container. */
    default boolean isContainer() {
      return false;
    }
  }

  /** Is brought into a process each time it has become ready. */
  public interface Attachment {
    Attachment NONE = pid -> {};

    void to(long pid);
  }

  /**
   * How a process is started, and what is waited for.
   *
   * @param commands makes the command of each start
   * @param deadline how long it may take to become ready
   */
  public record Start(Supplier<Command> commands, Readiness readiness, Duration deadline) {}

  /**
   * Ports on the loopback interface.
   *
   * @param own where the process serves its clients
   * @param rules where it accepts Byteman's rules, if it does
   * @param debugger where a debugger can attach, if one can
   */
  public record Endpoints(int own, OptionalInt rules, OptionalInt debugger) {}

  private static final Duration POLL = Duration.ofMillis(50);

  private final ChildProcesses children;
  private final Launch launch;
  private final Start start;
  private final Endpoints endpoints;
  private final Attachment attachment;

  private volatile Command command;
  private volatile Life life;
  private volatile Life expected;

  /** A child process that has not been started yet. */
  public StackProcess(
      ChildProcesses children, Start start, Endpoints endpoints, Attachment attachment) {
    this(children, children::begin, start, endpoints, attachment);
  }

  /** A process in a container, which has not been started yet and accepts nothing but clients. */
  public StackProcess(ChildProcesses children, Launch launch, Start start, int port) {
    this(
        children,
        launch,
        start,
        new Endpoints(port, OptionalInt.empty(), OptionalInt.empty()),
        Attachment.NONE);
  }

  private StackProcess(
      ChildProcesses children,
      Launch launch,
      Start start,
      Endpoints endpoints,
      Attachment attachment) {
    this.children = children;
    this.launch = launch;
    this.start = start;
    this.endpoints = endpoints;
    this.attachment = attachment;
    this.command = start.commands().get();
  }

  /** Its name, such as {@code alpha-payment} or {@code postgresql}. */
  public String name() {
    return command.name();
  }

  /**
   * The id of the running or, when it is dead, of the last process. A restart changes it. That of a
   * process in a container is its id where the engine runs, which can be a virtual machine.
   */
  public long pid() {
    return life.pid();
  }

  /** Whether it runs in a container, where only its engine and its clients reach it. */
  public boolean isInContainer() {
    return launch.isContainer();
  }

  /** The port on the loopback interface at which it serves its clients. */
  public int port() {
    return endpoints.own();
  }

  /**
   * The port on the loopback interface at which Byteman's agent accepts rules.
   *
   * @throws StackException if it accepts none
   */
  public int rulePort() {
    return endpoints.rules().orElseThrow(() -> new StackException(name() + " accepts no rules."));
  }

  /** The port on the loopback interface at which a debugger can attach, if one was asked for. */
  public OptionalInt debugPort() {
    return endpoints.debugger();
  }

  /** The root of the HTTP API of a service process. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Its log file, to which every restart appends. */
  public Path log() {
    return command.log();
  }

  public boolean isAlive() {
    return life.isAlive();
  }

  /** Sends SIGKILL. Returns when it and the processes it started are gone. Idempotent. */
  public synchronized void kill() {
    expected = null;
    life.kill();
  }

  /**
   * Starts it again on the same port and data, from the newest build, after killing it if it is
   * alive. Returns when it is ready.
   *
   * @throws StackException if it ends instead, or is not ready in time
   */
  public synchronized void restart() {
    kill();
    start();
  }

  /**
   * Stops it where it is, with the processes it started. Until {@link #resume} it answers nothing
   * and takes no processor time; {@link #kill} and the end of the stack still end it. Idempotent.
   */
  public void pause() {
    life.pause();
  }

  /** Lets it go on after {@link #pause}. Idempotent. */
  public void resume() {
    life.resume();
  }

  /**
   * The processor time that it and the processes it started have taken, as the kernel accounts for
   * it; zero once it is dead. It is unknown, and therefore empty, of a process in a container that
   * another kernel runs, that of a virtual machine.
   */
  public Optional<Duration> processorTime() {
    return life.processorTime();
  }

  /**
   * The part of its {@link #processorTime} that the compilers of its JVM have taken; zero if it is
   * no JVM. Empty where it is not known: on other systems than Linux, and in a container.
   */
  public Optional<Duration> compilerTime() {
    return life.compilerTime();
  }

  /**
   * Starts it. Returns when it is ready.
   *
   * @throws StackException if it ends instead, or is not ready in time
   */
  public synchronized void start() {
    command = start.commands().get();
    Life begun = launch.begin(command);
    life = begun;
    awaitReady();
    attachment.to(begun.pid());
    expected = begun;
    begun.onEnd(() -> report(begun));
  }

  /** From now on, its end is not reported. Not synchronized, because a start may be under way. */
  public void expectEnd() {
    expected = null;
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return whether it has ended in this time
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return life.awaitEnd(patience);
  }

  /** From now on, its end is reported again. */
  public void expectLife() {
    expected = life;
  }

  /**
   * The running or last process, if it is a child of this one; none before the first start, and
   * none of a container.
   */
  public Optional<Process> current() {
    return life instanceof Child child ? Optional.of(child.process()) : Optional.empty();
  }

  private void report(Life ended) {
    if (ended == expected && !children.isClosed()) {
      children.report(new ProcessDeath(name(), ended.pid(), ended.status(), log()));
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + start.deadline().toNanos();
    while (true) {
      if (isReady()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        life.kill();
        throw new StackException(
            "%s was not ready after %d seconds: %s (log: %s)"
                .formatted(
                    name(),
                    start.deadline().toSeconds(),
                    LogFile.lastMeaningfulLine(log()),
                    log()));
      }
      try {
        if (life.awaitEnd(POLL)) {
          throw children.failure(command, life.status());
        }
      } catch (InterruptedException e) {
        life.kill();
        Thread.currentThread().interrupt();
        throw new StackException("Interrupted while " + name() + " was starting.", e);
      }
    }
  }

  private boolean isReady() {
    try {
      return start.readiness().isReady();
    } catch (Exception e) {
      return false;
    }
  }
}
