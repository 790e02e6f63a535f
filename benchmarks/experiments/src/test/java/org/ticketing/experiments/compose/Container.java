package org.ticketing.experiments.compose;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container of a deployment.
 *
 * @param service its name in the Compose file
 */
record Container(String id, String service) {

  private static final Duration READY = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  /** Ends its processes at once, as a crash of the host does. */
  void kill() {
    Docker.run("kill", "--signal", "KILL", id);
  }

  /** Starts it again after it was killed or stopped. */
  void start() {
    Docker.run("start", id);
  }

  /**
   * Tells it to stop, and kills it when ten seconds have passed, as Docker does by default.
   *
   * @return whether it stopped by itself
   */
  boolean stop() {
    Docker.run("stop", "-t", "10", id);
    return inspect().at("/State/ExitCode").asInt() != 128 + 9;
  }

  /** Stops its processes where they are: its connections stay open, and nothing is answered. */
  void pause() {
    Docker.run("pause", id);
  }

  void unpause() {
    Docker.run("unpause", id);
  }

  /**
   * Takes it off all its networks. Nobody's connections are closed or reset by that: nothing comes
   * through any more.
   *
   * @return puts it back, under the names that it had
   */
  Runnable disconnect() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    inspect()
        .at("/NetworkSettings/Networks")
        .properties()
        .forEach(network -> names.put(network.getKey(), texts(network.getValue().path("Aliases"))));
    names.keySet().forEach(network -> Docker.run("network", "disconnect", network, id));
    return () ->
        names.forEach(
            (network, aliases) -> {
              List<String> command = new ArrayList<>(List.of("network", "connect"));
              aliases.forEach(alias -> command.addAll(List.of("--alias", alias)));
              command.addAll(List.of(network, id));
              Docker.run(command);
            });
  }

  /** Waits until its health check succeeds. */
  void awaitHealthy() {
    await("health of " + service)
        .atMost(READY)
        .until(() -> inspect().at("/State/Health/Status").asString(), "healthy"::equals);
  }

  /** Where a port of it is published on this machine, as host:port; the first if there are more. */
  String published(int port) {
    return Docker.run("port", id, String.valueOf(port)).lines().findFirst().orElseThrow();
  }

  /** What {@code docker inspect} shows. */
  JsonNode inspect() {
    return JSON.readTree(Docker.run("inspect", id)).get(0);
  }

  /** How its image was made. */
  String history() {
    return Docker.run("history", "--no-trunc", "--format", "{{.CreatedBy}}", image());
  }

  /** What {@code docker image inspect} shows. */
  String imageDetails() {
    return Docker.run("image", "inspect", image());
  }

  private String image() {
    return inspect().path("Image").asString();
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }

  @Override
  public String toString() {
    return service;
  }
}
