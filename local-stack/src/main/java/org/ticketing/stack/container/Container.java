package org.ticketing.stack.container;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.time.Duration;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.Life;
import org.ticketing.stack.process.StackClosedException;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.Run;

/**
 * A container that is made once, and in which a process can be started again and again, on the same
 * data and port. It goes with its run, whatever ends that.
 *
 * <p>It is made with the client of Testcontainers, but is none of Testcontainers' own: these end
 * for good when their process is killed.
 */
public final class Container implements StackProcess.Launch {

  /** The images make their data at the first start, on a slow disk for a minute. */
  private static final Duration START_DEADLINE = Duration.ofSeconds(180);

  private final Run run;
  private final ContainerEngine engine = ContainerEngine.connect();
  private final String image;
  private final int innerPort;
  private final int port;
  private String id;

  /**
   * Takes a port and fetches the image. Nothing is started yet.
   *
   * @param innerPort where the process in it listens
   * @throws StackException if there is no engine, or the image cannot be pulled
   */
  public Container(Run run, Image image, int innerPort) {
    this.run = run;
    this.image = image.reference();
    this.innerPort = innerPort;
    this.port = run.ports().any();
    engine.fetch(this.image, run::progress);
  }

  /** The port on the loopback interface at which the process in it is reached. */
  public int port() {
    return port;
  }

  /**
   * Makes it and starts its process. Returns when that is ready.
   *
   * @param command its arguments follow the entry point of the image, in its environment
   * @throws StackException if it ends instead, or is not ready in time
   */
  public StackProcess start(Command command, StackProcess.Readiness readiness) {
    StackProcess process =
        new StackProcess(
            run.children(),
            this,
            new StackProcess.Start(() -> command, readiness, START_DEADLINE),
            port);
    process.start();
    return process;
  }

  @Override
  public boolean isContainer() {
    return true;
  }

  @Override
  public Life begin(Command command) {
    try {
      if (id == null) {
        id = make(command);
      }
      return ContainerLife.begin(engine.client(), id, command.log());
    } catch (StackException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw run.children().isClosed()
          ? new StackClosedException()
          : new StackException(
              "The container of %s cannot be started: %s."
                  .formatted(command.name(), ContainerEngine.reason(failure)),
              failure);
    }
  }

  private String make(Command command) {
    String name = "ticketing-%s-%s".formatted(run.id(), command.name());
    run.children().guard(() -> engine.remove(name), engine.removalCommand(name));
    String made =
        engine
            .client()
            .createContainerCmd(image)
            .withName(name)
            .withLabels(engine.labels(run.directory().path().toString()))
            .withCmd(command.arguments())
            .withEnv(
                command.environment().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList())
            .withExposedPorts(ExposedPort.tcp(innerPort))
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withPortBindings(
                        new PortBinding(
                            Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(innerPort))))
            .exec()
            .getId();
    if (run.children().isClosed()) {
      engine.remove(name); // It may not have been there when they were closed.
      throw new StackClosedException();
    }
    return made;
  }
}
