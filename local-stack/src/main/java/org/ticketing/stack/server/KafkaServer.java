package org.ticketing.stack.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.Ports;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.ClassPath;
import org.ticketing.stack.run.JavaCommand;
import org.ticketing.stack.run.Run;

/**
 * A Kafka broker, which is its own controller, in a JVM of its own. Unless it runs as shipped, it
 * forces every message to the disk before it acknowledges it. The page {@code
 * local-stack/kafka-server/README.md} has the reasons for its settings.
 */
final class KafkaServer implements Server {

  static final String NAME = "kafka";
  static final String LABEL = "Kafka broker";

  /** The name of its process, and of the folder of its libraries. */
  private static final String PROCESS = "kafka-server";

  private static final Duration START_DEADLINE = Duration.ofSeconds(120);

  private static final String NODE = "1";
  private static final String FLUSH_INTERVAL = "log.flush.interval.messages";
  private static final String EVERY_MESSAGE = "1";
  private static final Pattern JAR = Pattern.compile("kafka_[\\d.]+-(\\d.*)\\.jar");

  private final StackProcess process;
  private final Listeners listeners;
  private final KafkaConsole console;
  private final Durability durability;

  private KafkaServer(
      StackProcess process, Listeners listeners, KafkaConsole console, Durability durability) {
    this.process = process;
    this.listeners = listeners;
    this.console = console;
    this.durability = durability;
  }

  /**
   * Where it listens, and what it tells its clients about that. A client connects to any address,
   * and then to the one that it is told there.
   *
   * @param clients the port of clients
   * @param behindRelay the port of clients that come through a relay
   * @param relay where that relay listens, which they are told
   * @param controller the port of the controller
   */
  private record Listeners(int clients, int behindRelay, int relay, int controller) {

    static Listeners at(Ports ports) {
      return new Listeners(ports.any(), ports.any(), ports.any(), ports.any());
    }

    Map<String, String> settings() {
      return Map.of(
          "listeners",
          addresses(behindRelay),
          "advertised.listeners",
          addresses(relay),
          "listener.security.protocol.map",
          "PLAINTEXT:PLAINTEXT,RELAYED:PLAINTEXT,CONTROLLER:PLAINTEXT",
          "inter.broker.listener.name",
          "PLAINTEXT",
          "controller.listener.names",
          "CONTROLLER",
          "controller.quorum.bootstrap.servers",
          "127.0.0.1:" + controller);
    }

    private String addresses(int relayed) {
      return "PLAINTEXT://127.0.0.1:%d,RELAYED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
          .formatted(clients, relayed, controller);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Kind kind() {
    return Kind.BROKER;
  }

  @Override
  public Durability durability() {
    return durability;
  }

  @Override
  public Map<String, String> changedSettings() {
    return durability.settings();
  }

  @Override
  public Optional<StackProcess> processIfHere() {
    return Optional.of(process);
  }

  /** Its port is the one that clients connect to. */
  @Override
  public StackProcess process() {
    return process;
  }

  @Override
  public int relayPort() {
    return listeners.relay();
  }

  @Override
  public int portBehindRelay() {
    return listeners.behindRelay();
  }

  @Override
  public long unreadMessages(String topics) {
    return console.unreadMessages(topics);
  }

  @Override
  public String toString() {
    return "The " + LABEL;
  }

  static KafkaServer start(Run run, boolean forced) {
    run.progress("starting the Kafka broker" + (forced ? "" : " as shipped"));
    Listeners listeners = Listeners.at(run.ports());
    int port = listeners.clients();
    Path module = run.home().resolve("local-stack").resolve(PROCESS);
    ClassPath classPath = ClassPath.of(module);
    Path data = run.directory().data(PROCESS);
    Path settings = write(settings(data, listeners, forced), data.resolve("server.properties"));
    List<String> options = new ArrayList<>(run.jdk().unsafeMemoryAccess());
    options.add("-Dlog4j2.configurationFile=" + module.resolve("log4j2.xml"));
    run.children().run(format(run, classPath, options, settings), InputStream.nullInputStream());
    Command command =
        new JavaCommand(PROCESS, classPath)
            .options(options)
            .options(run.agents().invitation())
            .options(run.jvmOptions())
            .program("kafka.Kafka", List.of(settings.toString()))
            .in(run);
    // It listens once it can serve.
    StackProcess process =
        run.start(command, port, new LoopbackPort(port)::accepts, START_DEADLINE);
    KafkaConsole console = new KafkaConsole(port);
    return new KafkaServer(process, listeners, console, askDurability(console, version(classPath)));
  }

  /** The command that prepares the folder of its logs, without which it does not start. */
  private static Command format(Run run, ClassPath classPath, List<String> options, Path settings) {
    return new JavaCommand(PROCESS + "-format", classPath)
        .options(options)
        .options(List.of("-XX:TieredStopAtLevel=1"))
        .program(
            "kafka.tools.StorageTool",
            List.of(
                "format",
                "--standalone",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                settings.toString()))
        .in(run);
  }

  private static Map<String, String> settings(Path data, Listeners listeners, boolean forced) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", NODE);
    settings.putAll(listeners.settings());
    settings.put("log.dirs", data.resolve("logs").toString());
    // Whoever needs a topic says how many partitions it has.
    settings.put("auto.create.topics.enable", "false");
    // There is one node, so there is one copy of each log.
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "5");
    }
    settings.put("transaction.state.log.min.isr", "1");
    // For so long (in ms) its controller takes a broker that was killed for alive, and does not let
    // it in again.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // The first member of a group waits for others, which here come at once, for three seconds.
    settings.put("group.initial.rebalance.delay.ms", "300");
    // Otherwise it writes twice a second although nothing happens.
    settings.put("metadata.max.idle.interval.ms", "0");
    // Otherwise it takes 128 MB, for logs much larger than those here.
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    if (forced) {
      settings.put(FLUSH_INTERVAL, EVERY_MESSAGE);
    }
    return settings;
  }

  private static Path write(Map<String, String> settings, Path file) {
    try {
      return Files.writeString(
          file,
          settings.entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException failure) {
      throw new StackException(
          "Cannot write %s: %s".formatted(file, failure.getMessage()), failure);
    }
  }

  /** The name of its jar tells its version, which it does not tell its clients. */
  private static String version(ClassPath classPath) {
    return classPath.entries().stream()
        .map(jar -> JAR.matcher(jar.getFileName().toString()))
        .filter(Matcher::matches)
        .map(jar -> jar.group(1))
        .findFirst()
        .orElse("of an unknown version");
  }

  private static Durability askDurability(KafkaConsole console, String version) {
    String told = console.setting(NODE, FLUSH_INTERVAL);
    return new Durability(
        "Kafka " + version,
        Map.of(FLUSH_INTERVAL, told),
        told.equals(EVERY_MESSAGE) ? List.of() : List.of(FLUSH_INTERVAL + " is " + told));
  }
}
