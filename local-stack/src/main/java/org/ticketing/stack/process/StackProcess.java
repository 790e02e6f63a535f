package org.ticketing.stack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A server or service process, which can be killed and started again on its port and data. */
public final class StackProcess {

  /** Asks the process whether it can do its work. Throwing counts as no. */
  public interface Readiness {
    boolean isReady() throws Exception;
  }

  /** What is brought into a process each time it has become ready. */
  public interface Attachment {
    Attachment NONE = pid -> {};

    void to(long pid);
  }

  private static final long POLL_MILLIS = 50;

  private final ChildProcesses children;
  private final Supplier<Command> commands;
  private final int port;
  private final OptionalInt rulePort;
  private final OptionalInt debugPort;
  private final Attachment attachment;
  private final Readiness readiness;
  private final Duration startDeadline;
  private final CompletableFuture<ProcessDeath> death;

  private volatile Command command;
  private volatile Process process;
  private volatile Process expected;

  public StackProcess(
      ChildProcesses children,
      Supplier<Command> commands,
      int port,
      OptionalInt rulePort,
      OptionalInt debugPort,
      Attachment attachment,
      Readiness readiness,
      Duration startDeadline,
      CompletableFuture<ProcessDeath> death) {
    this.children = children;
    this.commands = commands;
    this.command = commands.get();
    this.port = port;
    this.rulePort = rulePort;
    this.debugPort = debugPort;
    this.attachment = attachment;
    this.readiness = readiness;
    this.startDeadline = startDeadline;
    this.death = death;
  }

  /** Such as {@code alpha-payment} or {@code postgresql}. */
  public String name() {
    return command.name();
  }

  /** Of the running or, when it is dead, of the last process. Changes with a restart. */
  public long pid() {
    return process.pid();
  }

  /** On the loopback interface. */
  public int port() {
    return port;
  }

  /**
   * On the loopback interface, where Byteman's agent accepts rules.
   *
   * @throws StackException if it accepts none
   */
  public int rulePort() {
    return rulePort.orElseThrow(() -> new StackException(name() + " accepts no rules."));
  }

  /** On the loopback interface, where a debugger can attach; none where nobody asked for it. */
  public OptionalInt debugPort() {
    return debugPort;
  }

  /** The root of the HTTP API of a service process. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Appended to by every restart. */
  public Path log() {
    return command.log();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when it and the processes it started are gone. Idempotent. */
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
   * Stops it where it is, with the processes it started: until {@link #resume} it answers nothing
   * and takes no processor time. Idempotent; {@link #kill} and the end of the stack reach it as
   * ever.
   */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on. Idempotent. */
  public void resume() {
    signal("CONT");
  }

  /**
   * The processor time that it and the processes it started have taken, as the kernel accounts for
   * it. Grows as long as it lives; zero once it is dead.
   */
  public Duration processorTime() {
    return ProcessorTime.of(process.toHandle());
  }

  public synchronized void start() {
    command = commands.get();
    process = children.start(command);
    awaitReady();
    attachment.to(process.pid());
    expected = process;
    process.onExit().thenAccept(this::report);
  }

  /** Its end, from now on, is no surprise. Not synchronized: a start may be under way. */
  public void expectEnd() {
    expected = null;
  }

  /**
   * Waits until it has ended by itself.
   *
   * @return false if it has not in this time
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes {@link #expectEnd} back, if it still runs. */
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
      death.complete(new ProcessDeath(name(), ended.pid(), ended.exitValue(), log()));
    }
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + startDeadline.toNanos();
    while (true) {
      if (isReady()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        children.abort(process);
        throw new StackException(
            "%s was not ready after %d seconds: %s (log: %s)"
                .formatted(
                    name(), startDeadline.toSeconds(), LogFile.lastMeaningfulLine(log()), log()));
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
      return readiness.isReady();
    } catch (Exception e) {
      return false;
    }
  }
}
