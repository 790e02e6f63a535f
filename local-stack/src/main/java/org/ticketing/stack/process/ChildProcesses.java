package org.ticketing.stack.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The processes that this stack has started and that have not ended, and what else goes with them.
 * None is missed: a child waits until the watchdog knows it, and after {@link #close} none is
 * started any more. So a stack can be closed at any moment and from any thread.
 */
public final class ChildProcesses implements AutoCloseable {

  /** Executes the command only after a go-ahead, which a dead parent never gives. */
  private static final String AWAIT_GO = "read -r go && exec \"$@\"";

  private static final byte[] GO = {'g', 'o', '\n'};

  private final Watchdog watchdog;
  private final Map<Process, Command> running = new LinkedHashMap<>();
  private final List<Runnable> removals = new ArrayList<>();
  private final CompletableFuture<ProcessDeath> unexpectedDeath = new CompletableFuture<>();
  private boolean closed;

  /**
   * Starts the watchdog over the processes to come.
   *
   * @param folder for the watchdog's script
   * @throws StackException if the watchdog cannot be started
   */
  public ChildProcesses(Path folder) {
    try {
      watchdog = new Watchdog(folder);
    } catch (IOException e) {
      throw new StackException("Cannot start the watchdog: " + e.getMessage(), e);
    }
  }

  /** Starts a process whose output is appended to its log. */
  Life begin(Command command) {
    return new Child(this, start(command, InputStream.nullInputStream()));
  }

  /**
   * Takes charge of what is no child of this process, such as a container: {@link #close} removes
   * it, or the watchdog if this process dies. Is called before it is made, so that none is missed.
   *
   * @param removal removes it, also if it was never made
   * @param command does the same from a shell
   * @throws StackClosedException if it must not be made any more
   */
  public synchronized void guard(Runnable removal, String command) {
    if (closed) {
      throw new StackClosedException();
    }
    try {
      watchdog.guard(command);
      removals.add(removal);
    } catch (IOException e) {
      throw new StackException("The watchdog is gone: " + e.getMessage(), e);
    }
  }

  /**
   * Runs a process to its end.
   *
   * @throws StackException if it does not end with status 0
   */
  public void run(Command command, InputStream input) {
    Process process = start(command, input);
    try {
      if (process.waitFor() != 0) {
        throw failure(command, process.exitValue());
      }
    } catch (InterruptedException e) {
      abort(process);
      Thread.currentThread().interrupt();
      throw new StackException(command.name() + " was interrupted.", e);
    }
  }

  /** Describes, for users, a process that ended with this status while it was starting. */
  StackException failure(Command command, int status) {
    if (isClosed()) {
      return new StackClosedException();
    }
    return new StackException(
        "%s %s while starting: %s (log: %s)"
            .formatted(
                command.name(),
                ProcessDeath.describe(status),
                LogFile.lastMeaningfulLine(command.log()),
                command.log()));
  }

  /** Kills the process and those it started at once. Returns when all are gone. */
  void abort(Process process) {
    Command command = commandOf(process);
    if (command == null) {
      ProcessEnd.await(process);
      return;
    }
    // While it is stopped, it cannot start further processes, which would be missed.
    Signals.send("STOP", List.of(process.pid()));
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(0, process.toHandle());
    Signals.send("KILL", family.stream().map(ProcessHandle::pid).toList());
    family.forEach(ProcessEnd::await);
    ProcessEnd.await(process);
  }

  /** Sends processes a signal, and kills those that have not ended after this time. */
  public void end(List<Process> processes, String signal, long seconds) {
    List<Process> alive = processes.stream().filter(Process::isAlive).toList();
    List<Long> pids = alive.stream().map(Process::pid).toList();
    Signals.send(signal, pids);
    Signals.send("CONT", pids); // a paused process would not act on it
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (Process process : alive) {
      if (!endsBefore(deadline, process)) {
        abort(process);
      }
    }
  }

  /** Completes with the first process that ended although nobody asked it to. */
  public CompletableFuture<ProcessDeath> unexpectedDeath() {
    return unexpectedDeath.copy();
  }

  /** Tells of a process that ended although nobody asked it to. */
  void report(ProcessDeath death) {
    unexpectedDeath.complete(death);
  }

  /** Refuses further starts from now on. The first step of closing. */
  public synchronized void refuseStarts() {
    closed = true;
  }

  /** Whether further starts are refused. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Ends all processes that still run, and removes what goes with them. Idempotent. */
  @Override
  public void close() {
    refuseStarts();
    Map<Process, Command> remaining;
    List<Runnable> guarded;
    synchronized (this) {
      remaining = new LinkedHashMap<>(running);
      guarded = List.copyOf(removals);
    }
    try {
      remaining.forEach(
          (process, command) -> {
            if (command.abort().equals(Command.KILL)) {
              abort(process);
            } else {
              end(List.of(process), command.abort(), 6);
            }
          });
      guarded.forEach(Runnable::run);
      watchdog.releaseCommands();
    } finally {
      watchdog.close();
    }
  }

  private Process start(Command command, InputStream input) {
    Process process = launch(command);
    try (var output = process.getOutputStream()) {
      output.write(GO);
      input.transferTo(output);
    } catch (IOException e) {
      // It ended before it had read everything; its exit status and its log tell why.
    }
    return process;
  }

  private synchronized Process launch(Command command) {
    if (closed) {
      throw new StackClosedException();
    }
    List<String> arguments = new ArrayList<>(Programs.OWN_SESSION);
    arguments.addAll(List.of("/bin/sh", "-c", AWAIT_GO, command.name()));
    arguments.addAll(command.arguments());
    var builder =
        new ProcessBuilder(arguments)
            .directory(command.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    builder.environment().putAll(command.environment());
    Process process = null;
    try {
      process = builder.start();
      watchdog.guard(process.pid(), command.abort());
      running.put(process, command);
      process.onExit().thenAccept(this::forget);
      return process;
    } catch (IOException e) {
      if (process != null) {
        process.destroyForcibly();
      }
      throw new StackException(
          "%s cannot be started: %s".formatted(command.name(), e.getMessage()), e);
    }
  }

  private synchronized void forget(Process process) {
    running.remove(process);
    try {
      watchdog.release(process.pid());
    } catch (IOException e) {
      // The watchdog was closed meanwhile, and guards nothing any more.
    }
  }

  private synchronized Command commandOf(Process process) {
    return running.get(process);
  }

  private static boolean endsBefore(long deadline, Process process) {
    try {
      return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
