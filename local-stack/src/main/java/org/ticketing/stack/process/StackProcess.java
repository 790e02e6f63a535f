package org.ticketing.stack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A server or service process, which can be killed and started again on its port and data. */
public final class StackProcess {

  /** Asks the process whether it can do its work. Throwing counts as no. */
  public interface Readiness {
    boolean isReady() throws Exception;
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

  private static final long POLL_MILLIS = 50;

  private final ChildProcesses children;
  private final Start start;
  private final Endpoints endpoints;
  private final Attachment attachment;

  private volatile Command command;
  private volatile Process process;
  private volatile Process expected;

  /** A process that has not been started yet. */
  public StackProcess(
      ChildProcesses children, Start start, Endpoints endpoints, Attachment attachment) {
    this.children = children;
    this.start = start;
    this.endpoints = endpoints;
    this.attachment = attachment;
    this.command = start.commands().get();
  }

  /** Its name, such as {@code alpha-payment} or {@code postgresql}. */
  public String name() {
    return command.name();
  }

  /** The id of the running or, when it is dead, of the last process. A restart changes it. */
  public long pid() {
    return process.pid();
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
    return process.isAlive();
  }

  /** Sends SIGKILL. Returns when it and the processes it started are gone. Idempotent. */
  public synchronized void kill() {
    expected = null;
    children.abort(process);
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
    signal("STOP");
  }

  /** Lets it go on after {@link #pause}. Idempotent. */
  public void resume() {
    signal("CONT");
  }

  /**
   * The processor time that it and the processes it started have taken, as the kernel accounts for
   * it; zero once it is dead.
   */
  public Duration processorTime() {
    return ProcessorTime.of(process.toHandle());
  }

  /**
   * Starts it. Returns when it is ready.
   *
   * @throws StackException if it ends instead, or is not ready in time
   */
  public synchronized void start() {
    command = start.commands().get();
    process = children.start(command);
    awaitReady();
    attachment.to(process.pid());
    expected = process;
    process.onExit().thenAccept(this::report);
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
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** From now on, its end is reported again. */
  public void expectLife() {
    expected = process;
  }

  /** The running or last process; none before the first start. */
  public Optional<Process> current() {
    return Optional.ofNullable(process);
  }

  private void signal(String name) {
    Process running = process;
    if (running.isAlive()) {
      Signals.send(
          name,
          Stream.concat(Stream.of(running.toHandle()), running.descendants())
              .map(ProcessHandle::pid)
              .toList());
    }
  }

  private void report(Process ended) {
    if (ended == expected && !children.isClosed()) {
      children.report(new ProcessDeath(name(), ended.pid(), ended.exitValue(), log()));
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + start.deadline().toNanos();
    while (true) {
      if (isReady()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        children.abort(process);
        throw new StackException(
            "%s was not ready after %d seconds: %s (log: %s)"
                .formatted(
                    name(),
                    start.deadline().toSeconds(),
                    LogFile.lastMeaningfulLine(log()),
                    log()));
      }
      try {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw children.failure(command, process);
        }
      } catch (InterruptedException e) {
        children.abort(process);
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
