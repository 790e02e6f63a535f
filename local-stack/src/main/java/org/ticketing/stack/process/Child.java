package org.ticketing.stack.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The life of a child of this process. */
final class Child implements Life {

  private final ChildProcesses children;
  private final Process process;

  Child(ChildProcesses children, Process process) {
    this.children = children;
    this.process = process;
  }

  Process process() {
    return process;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public int status() {
    return process.exitValue();
  }

  @Override
  public void onEnd(Runnable action) {
    process.onExit().thenRun(action);
  }

  @Override
  public void kill() {
    children.abort(process);
  }

  @Override
  public void pause() {
    signal("STOP");
  }

  @Override
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    if (process.isAlive()) {
      Signals.send(
          name,
          Stream.concat(Stream.of(process.toHandle()), process.descendants())
              .map(ProcessHandle::pid)
              .toList());
    }
  }

  @Override
  public Optional<Duration> processorTime() {
    return Optional.of(ProcessorTime.of(process.toHandle()));
  }

  @Override
  public Optional<Duration> compilerTime() {
    return CompilerTime.of(process.pid());
  }
}
