package org.ticketing.stack.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.process.Command;
import org.ticketing.stack.process.LogFile;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.run.ClassPath;
import org.ticketing.stack.run.JavaCommand;
import org.ticketing.stack.run.Run;
import org.ticketing.stack.run.Secrets;

/**
 * Seata's server, which coordinates global transactions, in a JVM of its own. At its start it gets
 * the rules in {@code local-stack/seata-server}: those that the harness needs and, unless it runs
 * as shipped, the patches.
 */
final class SeataServer implements Server {

  static final String NAME = "seata";
  static final String LABEL = "Seata server";

  /** The name of its process, and of the folder of its libraries and patches. */
  private static final String PROCESS = "seata-server";

  private static final Duration START_DEADLINE = Duration.ofSeconds(180);
  private static final String FLUSH_MODE = "store.file.flush-disk-mode";
  private static final String SYNCHRONOUS = "SYNC_MODEL";

  private final StackProcess process;
  private final Path sessions;
  private final SeataConsole console;
  private final Durability durability;
  private final Optional<Patches> patches;

  private SeataServer(
      StackProcess process,
      Path sessions,
      SeataConsole console,
      Durability durability,
      Optional<Patches> patches) {
    this.process = process;
    this.sessions = sessions;
    this.console = console;
    this.durability = durability;
    this.patches = patches;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Kind kind() {
    return Kind.COORDINATOR;
  }

  @Override
  public Durability durability() {
    return durability;
  }

  @Override
  public Optional<Patches> patches() {
    return patches;
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
  public long unfinishedTransactions(String application) {
    return console.unfinishedTransactions(application);
  }

  /** Afterwards it knows no transaction any more. */
  @Override
  public void restartEmpty() {
    process.kill();
    try {
      FileSystemUtils.deleteRecursively(sessions);
    } catch (IOException failure) {
      throw new StackException("The store cannot be emptied: " + failure.getMessage(), failure);
    }
    process.restart();
  }

  @Override
  public String toString() {
    return "The " + LABEL;
  }

  static SeataServer start(Run run, boolean patched) {
    run.progress("starting the Seata server" + (patched ? "" : " as shipped"));
    int port = run.ports().any();
    int consolePort = run.ports().any();
    Path data = run.directory().data(PROCESS);
    Path module = run.home().resolve("local-stack").resolve(PROCESS);
    List<String> options = new ArrayList<>(run.jvmOptions());
    Path patches = module.resolve("patches.btm");
    List<Path> rules = new ArrayList<>(List.of(module.resolve("harness.btm")));
    if (patched) {
      rules.add(patches);
    }
    options.addAll(run.agents().options(PROCESS, rules));
    Map<String, String> settings = settings(module, port, data);
    settings.putAll(SeataConsole.settings(consolePort));
    settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
    Command command =
        new JavaCommand(PROCESS, ClassPath.of(module))
            .options(options)
            .program("io.seata.server.ServerApplication", List.of())
            // Otherwise its console, to which nobody logs in here, has a published password.
            .secrets(
                Map.of(
                    "CONSOLE_USER_PASSWORD", Secrets.random(16),
                    "SEATA_SECURITY_SECRETKEY", Secrets.random(32)))
            .in(run);
    StackProcess process =
        run.start(command, port, new LoopbackPort(port)::accepts, START_DEADLINE);
    return new SeataServer(
        process,
        sessions(data),
        SeataConsole.at("http://127.0.0.1:" + consolePort),
        askDurability(process),
        patched ? Optional.of(Patches.read(run.home(), patches)) : Optional.empty());
  }

  private static Path sessions(Path data) {
    return data.resolve("sessions");
  }

  private static Map<String, String> settings(Path module, int port, Path data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spring.main.banner-mode", "off");
    // It writes and reads names in the language of its JVM, which in Turkish has letters of its
    // own.
    settings.put("user.language", "en");
    settings.put("logging.config", module.resolve("logback.xml").toString());
    settings.put("log.home", data.resolve("logs").toString());
    settings.put("user.home", data.toString());
    settings.put("seata.server.service-port", String.valueOf(port));
    settings.put("seata.store.mode", "file");
    settings.put("seata.store.file.dir", sessions(data).toString());
    settings.put("seata.store.file.flush-disk-mode", "sync");
    // Look at unfinished transactions every second (in ms), and never give them up.
    for (String work : List.of("committing", "async-committing", "rollbacking", "timeout")) {
      settings.put("seata.server.recovery." + work + "-retry-period", "1000");
    }
    settings.put("seata.server.max-commit-retry-timeout", "-1");
    settings.put("seata.server.max-rollback-retry-timeout", "-1");
    // The second phase reaches the participants of a transaction at the same time.
    settings.put("seata.server.enable-parallel-handle-branch", "true");
    // It does so on the common pool, whose threads wait for each answer. Its default is one thread
    // less than there are processors, so that participants would wait for those of other
    // transactions, and those that hang would keep all others waiting.
    settings.put("java.util.concurrent.ForkJoinPool.common.parallelism", "64");
    // A transaction whose second phase was cut off is taken up again at this age (in ms).
    settings.put("seata.server.retry-dead-threshold", "10000");
    return settings;
  }

  /**
   * The server cannot be asked for it over the network, so a rule prints the flush mode of its
   * store; see {@code harness.btm}.
   */
  private static Durability askDurability(StackProcess process) {
    String told =
        LogFile.lastValue(process.log(), FLUSH_MODE)
            .orElseThrow(
                () ->
                    new StackException(
                        "The Seata server did not tell its %s (log: %s)."
                            .formatted(FLUSH_MODE, process.log())));
    return new Durability(
        "Seata 2.0.0",
        Map.of(FLUSH_MODE, told),
        told.equals(SYNCHRONOUS) ? List.of() : List.of(FLUSH_MODE + " is " + told));
  }
}
