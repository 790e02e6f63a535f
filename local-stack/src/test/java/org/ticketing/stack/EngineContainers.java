package org.ticketing.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/** The containers that the Docker engine has of stacks. */
public final class EngineContainers {

  private static final String RUN = "org.ticketing.run";

  private EngineContainers() {}

  /** Those of runs whose folder is this one, or in it; also those that have ended. */
  public static List<Container> of(Path folder) {
    return engine()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(RUN))
        .exec()
        .stream()
        .filter(container -> container.getLabels().get(RUN).startsWith(folder.toString()))
        .toList();
  }

  /** The engine itself. */
  public static DockerClient engine() {
    return DockerClientFactory.instance().client();
  }
}
