package org.ticketing.stack.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.WaitResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ticketing.stack.process.Life;
import org.ticketing.stack.process.ProcessorTime;

/** The life of the process in a container, whose output is appended to its log. */
final class ContainerLife implements Life {

  /** Of a process whose engine did not tell it. */
  private static final int UNKNOWN_STATUS = -1;

  /** The last output comes a little after the end, if it comes. */
  private static final long LAST_OUTPUT_SECONDS = 2;

  private final DockerClient client;
  private final String id;
  private final AtomicInteger status = new AtomicInteger(UNKNOWN_STATUS);
  private final CompletableFuture<Void> end;
  private final long pid;
  private final boolean isOfThisKernel;

  private ContainerLife(DockerClient client, String id, CompletableFuture<Void> lastOutput) {
    this.client = client;
    this.id = id;
    Answers<WaitResponse> awaited = new Answers<>(answer -> status.set(answer.getStatusCode()));
    client.waitContainerCmd(id).exec(awaited);
    this.end =
        awaited
            .end()
            .handle((done, engineGone) -> null)
            .thenCompose(
                ended -> lastOutput.completeOnTimeout(null, LAST_OUTPUT_SECONDS, TimeUnit.SECONDS))
            .handle((done, noOutput) -> null);
    this.pid = state().getPidLong();
    this.isOfThisKernel = isOfThisKernel(pid, id);
  }

  /** Starts the process. */
  static ContainerLife begin(DockerClient client, String id, Path log) {
    Answers<Frame> output = output(log);
    client
        .attachContainerCmd(id)
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .exec(output);
    output.awaitBegin();
    client.startContainerCmd(id).exec();
    return new ContainerLife(client, id, output.end());
  }

  private static Answers<Frame> output(Path log) {
    try {
      OutputStream file =
          Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Answers<Frame> output = new Answers<>(frame -> append(frame.getPayload(), file));
      output.end().whenComplete((done, failure) -> close(file));
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void append(byte[] bytes, OutputStream file) {
    try {
      file.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void close(OutputStream file) {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public boolean isAlive() {
    return !end.isDone();
  }

  @Override
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException alive) {
      return false;
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  @Override
  public int status() {
    return status.get();
  }

  @Override
  public void onEnd(Runnable action) {
    end.thenRun(action);
  }

  @Override
  public void kill() {
    if (isAlive()) {
      try {
        client.killContainerCmd(id).withSignal("KILL").exec();
      } catch (NotFoundException | ConflictException ended) {
        // It has ended by itself meanwhile.
      }
      end.join();
    }
  }

  @Override
  public void pause() {
    if (isAlive() && !isPaused()) {
      client.pauseContainerCmd(id).exec();
    }
  }

  @Override
  public void resume() {
    if (isAlive() && isPaused()) {
      client.unpauseContainerCmd(id).exec();
    }
  }

  private boolean isPaused() {
    return Boolean.TRUE.equals(state().getPaused());
  }

  private ContainerState state() {
    return client.inspectContainerCmd(id).exec().getState();
  }

  @Override
  public Optional<Duration> processorTime() {
    return isOfThisKernel
        ? Optional.of(ProcessHandle.of(pid).map(ProcessorTime::of).orElse(Duration.ZERO))
        : Optional.empty();
  }

  /** No service runs in a container of this kind, only servers. */
  @Override
  public Optional<Duration> compilerTime() {
    return Optional.empty();
  }

  /**
   * Whether the id is that of a process of this kernel, and not of a virtual machine's: its control
   * group is named after the container then.
   */
  private static boolean isOfThisKernel(long pid, String id) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), "cgroup")).contains(id);
    } catch (IOException noSuchProcess) {
      return false;
    }
  }
}
