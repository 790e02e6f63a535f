package org.ticketing.stack.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.run.UnusableException;

/**
 * The Docker engine of this machine, as Testcontainers finds it: by {@code DOCKER_HOST}, by {@code
 * ~/.testcontainers.properties}, or at one of the usual sockets.
 */
public final class ContainerEngine {

  private static final String NEEDED = "--databases docker needs a Docker engine";

  /** What they report at length is told in one line here. */
  private static final List<String> LOGGERS =
      List.of("org.testcontainers", "com.github.dockerjava");

  /** What the engine answers when it refuses something. */
  private static final Pattern REFUSAL =
      Pattern.compile("\"message\":\\s*\"(?<reason>(?:[^\"\\\\]|\\\\.)*)\"");

  private final DockerClient client;
  private final URI address;

  private ContainerEngine(DockerClient client, URI address) {
    this.client = client;
    this.address = address;
  }

  /**
   * Connects to the engine, or uses the connection that this JVM has.
   *
   * @throws UnusableException if there is none, or if it runs elsewhere
   */
  public static ContainerEngine connect() {
    LoggingSystem logging = LoggingSystem.get(ContainerEngine.class.getClassLoader());
    LOGGERS.forEach(logger -> logging.setLogLevel(logger, LogLevel.OFF));
    DockerClientFactory found = DockerClientFactory.instance();
    URI address = address(found);
    try {
      DockerClient client = found.client();
      requireThisMachine(found.dockerHostIpAddress());
      return new ContainerEngine(client, address);
    } catch (UnusableException elsewhere) {
      throw elsewhere;
    } catch (RuntimeException failure) {
      throw new UnusableException(
          "%s that Testcontainers can use: %s.".formatted(NEEDED, reason(failure)));
    }
  }

  /** Whether there is one. */
  public static boolean isFound() {
    try {
      connect();
      return true;
    } catch (UnusableException none) {
      return false;
    }
  }

  private static URI address(DockerClientFactory found) {
    try {
      return found.getTransportConfig().getDockerHost();
    } catch (RuntimeException none) {
      String host = System.getenv("DOCKER_HOST");
      throw new UnusableException(
          NEEDED
              + (host == null
                  ? ": none was found. Start one, or name its address in DOCKER_HOST."
                  : ": none answers at %s, which DOCKER_HOST names.".formatted(host)));
    }
  }

  /** Services, relays and tests reach the containers on the loopback interface. */
  private static void requireThisMachine(String host) {
    boolean isHere;
    try {
      InetAddress name = InetAddress.getByName(host);
      isHere = name.isLoopbackAddress() || NetworkInterface.getByInetAddress(name) != null;
    } catch (IOException unknown) {
      isHere = false;
    }
    if (!isHere) {
      throw new UnusableException(
          "%s on this machine: containers of this one are at %s.".formatted(NEEDED, host));
    }
  }

  DockerClient client() {
    return client;
  }

  /**
   * Pulls an image, unless the engine has it.
   *
   * @param progress is told that it is pulled, and how far
   * @throws StackException if it cannot be pulled
   */
  void fetch(String image, Consumer<String> progress) {
    if (has(image)) {
      return;
    }
    progress.accept("pulling " + image + " (once)");
    Download download = new Download(image, progress);
    Answers<PullResponseItem> answers = new Answers<>(download);
    DockerImageName name = DockerImageName.parse(image);
    try {
      client.pullImageCmd(name.getUnversionedPart()).withTag(name.getVersionPart()).exec(answers);
      answers.awaitEnd();
    } catch (RuntimeException failure) {
      throw unavailable(image, reason(failure));
    }
    if (!has(image)) {
      throw unavailable(image, download.failure());
    }
  }

  private boolean has(String image) {
    try {
      client.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException missing) {
      return false;
    }
  }

  private static StackException unavailable(String image, String reason) {
    return new StackException("The image %s cannot be pulled: %s.".formatted(image, reason));
  }

  /**
   * Labels for a container. Where Testcontainers runs its own watchdog, Ryuk, that finds containers
   * by them. Where it does not, it would look for them when this JVM ends, while we remove them.
   */
  Map<String, String> labels(String run) {
    Map<String, String> labels = new HashMap<>(DockerClientFactory.DEFAULT_LABELS);
    labels.put("org.ticketing.run", run);
    if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
      labels.put(
          DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
    }
    return labels;
  }

  /** Kills a container if it runs, and removes it with its data. Idempotent. */
  void remove(String container) {
    try {
      client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException | ConflictException gone) {
      // It was never made, or somebody else removes it at this moment.
    } catch (RuntimeException failure) {
      throw new StackException(
          "The container %s cannot be removed: %s.".formatted(container, reason(failure)), failure);
    }
  }

  /** Does what {@link #remove} does, in a shell: with Docker's own command, or else with curl. */
  String removalCommand(String container) {
    String docker = "docker --host '%s' rm --force --volumes %s".formatted(address, container);
    if (!"unix".equals(address.getScheme())) {
      return docker;
    }
    String curl =
        "curl --silent --unix-socket '%s' --request DELETE".formatted(address.getPath())
            + " 'http://localhost/containers/%s?force=true&v=true'".formatted(container);
    return docker + " || " + curl;
  }

  /** Why something failed, in one line without a full stop. */
  static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher refusal = REFUSAL.matcher(message);
    String reason = refusal.find() ? refusal.group("reason").replaceAll("\\\\(.)", "$1") : message;
    return reason.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
  }
}
