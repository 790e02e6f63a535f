package org.ticketing.stack.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Every process this stack has started and that has not ended. None can slip through: a child waits
 * until the watchdog knows it, and after {@link #close} none is started any more, so that closing
 * is safe at any moment and from any thread.
 */
public final class ChildProcesses implements AutoCloseable {

  /** Without the go-ahead, which a dead parent never gives, the command is never executed. */
  private static final String AWAIT_GO = "read -r go && exec \"$@\"";

  private static final byte[] GO = {'g', 'o', '\n'};

  private final Watchdog watchdog;
  private final Map<Process, Command> running = new LinkedHashMap<>();
  private boolean closed;

  public ChildProcesses(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /** Starts a process whose output is appended to its log. */
  Process start(Command command) {
    return start(command, InputStream.nullInputStream());
  }

  /** Runs a process to its end. Throws if that is not status 0. */
  public void run(Command command, InputStream input) {
    Process process = start(command, input);
    try {
      if (process.waitFor() != 0) {
        throw failure(command, process);
      }
    } catch (InterruptedException e) {
      abort(process);
      Thread.currentThread().interrupt();
      throw new StackException(command.name() + " was interrupted.", e);
    }
  }

  /** What to tell the user about a process that ended when it should not have. */
  StackException failure(Command command, Process process) {
    if (isClosed()) {
      return new StackClosedException();
    }
    return new StackException(
        "%s %s while starting: %s (log: %s)"
            .formatted(
                command.name(),
                ProcessDeath.describe(process.exitValue()),
                LogFile.lastMeaningfulLine(command.log()),
                command.log()));
  }

  /** Ends the process and those it started, as a power failure would. Returns when all are gone. */
  void abort(Process process) {
    Command command = commandOf(process);
    if (command == null) {
      ProcessEnd.await(process);
      return;
    }
    // Stopped, it cannot start another process between the look at them and the end.
    Signals.send("STOP", List.of(process.pid()));
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(0, process.toHandle());
    Signals.send("KILL", family.stream().map(ProcessHandle::pid).toList());
    family.forEach(ProcessEnd::await);
    ProcessEnd.await(process);
  }

  /** Asks the processes to end, aborts those that have not when the time is over. */
  public void end(List<Process> processes, String signal, long seconds) {
    List<Process> alive = processes.stream().filter(Process::isAlive).toList();
    List<Long> pids = alive.stream().map(Process::pid).toList();
    Signals.send(signal, pids);
    Signals.send("CONT", pids); // one that is paused would not hear of it
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (Process process : alive) {
      if (!endsBefore(deadline, process)) {
        abort(process);
      }
    }
  }

  /** Refuses further starts. The first step of closing: what runs now is all there is to end. */
  public synchronized void refuseStarts() {
    closed = true;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  /** Ends what still runs. Idempotent. */
  @Override
  public void close() {
    refuseStarts();
    Map<Process, Command> remaining;
    synchronized (this) {
      remaining = new LinkedHashMap<>(running);
    }
    remaining.forEach(
        (process, command) -> {
          if (command.abort().equals(Command.KILL)) {
            abort(process);
          } else {
            end(List.of(process), command.abort(), 6);
          }
        });
    watchdog.close();
  }

  private Process start(Command command, InputStream input) {
    Process process = launch(command);
    try (var output = process.getOutputStream()) {
      output.write(GO);
      input.transferTo(output);
    } catch (IOException e) {
      // It ended before it read everything; who waits for it finds out why.
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
      // Closed meanwhile: then nothing is guarded any more.
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
