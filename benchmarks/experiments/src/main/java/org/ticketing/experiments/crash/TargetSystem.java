package org.ticketing.experiments.crash;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ticketing.experiments.crash.Relay.Loss;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.JdbcAccess;
import org.ticketing.stack.server.Servers;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;

/** A running system whose processes, servers and connections can be struck. */
final class TargetSystem implements Closeable {

  /** How long connections lose what passes, and a disk stays full. */
  private static final Duration LOSS = Duration.ofSeconds(3);

  private static final Duration FULL_DISK = Duration.ofSeconds(5);

  /** In which a process that cannot go on ends by itself. */
  private static final Duration OWN_END = Duration.ofSeconds(20);

  /** MySQL's: the connection has just ended by itself. */
  private static final int NO_SUCH_THREAD = 1094;

  private final LocalStack stack;
  private final TicketingSystem system;
  private final Map<String, Relay> relays;

  private TargetSystem(LocalStack stack, TicketingSystem system, Map<String, Relay> relays) {
    this.stack = stack;
    this.system = system;
    this.relays = relays;
  }

  /** Starts a system whose processes call each other and its coordinator through relays. */
  static TargetSystem start(
      LocalStack stack, SystemDescription description, Map<String, String> setting)
      throws IOException {
    Map<String, Relay> relays = new LinkedHashMap<>();
    try {
      Map<String, Integer> detours = new LinkedHashMap<>();
      for (String callee : relayed(description)) {
        Relay relay = new Relay();
        relays.put(callee, relay);
        detours.put(callee, relay.port());
      }
      for (String server : description.servers()) {
        relays.get(server).lead(stack.server(server).process().port());
      }
      TicketingSystem system =
          stack.start(description, SystemOptions.NONE.withProperties(setting).withDetours(detours));
      TargetSystem victims = new TargetSystem(stack, system, relays);
      relays.forEach((name, relay) -> relay.lead(victims.process(name).port()));
      return victims;
    } catch (IOException | RuntimeException failure) {
      relays.values().forEach(Relay::close);
      throw failure;
    }
  }

  /** Whoever is called through a relay. */
  private static List<String> relayed(SystemDescription system) {
    return Stream.concat(system.participants().stream(), system.servers().stream()).toList();
  }

  TicketingSystem system() {
    return system;
  }

  /** Everything that can be killed, by name. */
  List<String> names() {
    return names(system.description());
  }

  private static List<String> names(SystemDescription system) {
    return Stream.of(
            system.processNames(),
            system.processes().stream().map(ProcessDescription::database).distinct().toList(),
            system.servers())
        .flatMap(List::stream)
        .toList();
  }

  StackProcess process(String name) {
    return isServer(name) ? stack.server(name).process() : system.process(name);
  }

  private boolean isServer(String name) {
    return system.description().allServers().contains(name);
  }

  /**
   * Whether a system has what a cell wants to strike.
   *
   * @throws IllegalArgumentException it has not
   */
  static void require(Cell cell) {
    SystemDescription system = cell.system();
    require(
        List.of(cell.place()),
        Stream.concat(system.processNames().stream(), system.servers().stream()).toList(),
        "process with classes",
        system);
    Fault act = cell.act();
    if (act instanceof Fault.LoseRequests || act instanceof Fault.LoseAnswers) {
      require(act.struck(), relayed(system), "callee", system);
    } else if (act instanceof Fault.CutDatabaseConnections) {
      require(act.struck(), system.processNames(), "service process", system);
    } else {
      require(act.struck(), names(system), "process", system);
    }
  }

  private static void require(
      List<String> names, List<String> known, String what, SystemDescription system) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s is no %s of %s; there are: %s"
                .formatted(name, what, system.name(), String.join(", ", known)));
      }
    }
  }

  /** Begins an act: when this returns, what it strikes is struck. */
  void begin(Fault act) throws InterruptedException {
    if (act instanceof Fault.Kill kill) {
      Thread.sleep(kill.after().toMillis());
      kill(kill.struck());
    } else if (act instanceof Fault.LoseRequests lost) {
      relays.get(lost.to()).lose(Loss.REQUESTS);
    } else if (act instanceof Fault.LoseAnswers lost) {
      relays.get(lost.of()).lose(Loss.ANSWERS);
    } else if (act instanceof Fault.CutDatabaseConnections cut) {
      cutDatabaseConnections(system.database(cut.of()));
    } else if (act instanceof Fault.FillDisk full) {
      process(full.of()).expectEnd();
      limitFiles(process(full.of()), "0:");
    } else if (act instanceof Fault.OwnEnd end) {
      process(end.of()).expectEnd();
    }
  }

  /**
   * Ends an act, once the thread at the point goes on: when this returns, everything works again.
   *
   * @throws CrashException the act has not happened
   */
  void end(Fault act) throws InterruptedException {
    if (act instanceof Fault.Kill kill) {
      restart(kill.struck());
    } else if (act instanceof Fault.LoseRequests lost) {
      endLoss(lost.to());
    } else if (act instanceof Fault.LoseAnswers lost) {
      endLoss(lost.of());
    } else if (act instanceof Fault.FillDisk full) {
      emptyDisk(full.of());
    } else if (act instanceof Fault.OwnEnd end) {
      awaitEnd(end.of());
    }
  }

  /** SIGKILL to all of them; returns when they are gone. */
  void kill(List<String> victims) {
    atOnce(
        victims,
        victim -> {
          process(victim).kill();
          if (relays.containsKey(victim)) {
            relays.get(victim).down();
          }
        });
  }

  /** Databases first, because services do not start without; returns when all are ready. */
  void restart(List<String> victims) {
    Map<Integer, List<String>> ranks = new TreeMap<>();
    for (String victim : victims) {
      int rank = !isServer(victim) ? 2 : Servers.isDatabase(victim) ? 0 : 1;
      ranks.computeIfAbsent(rank, first -> new ArrayList<>()).add(victim);
    }
    ranks.values().forEach(rank -> atOnce(rank, this::restart));
  }

  private void restart(String victim) {
    process(victim).restart();
    if (relays.containsKey(victim)) {
      relays.get(victim).up();
    }
  }

  private void endLoss(String service) throws InterruptedException {
    Relay relay = relays.get(service);
    Thread.sleep(LOSS.toMillis());
    relay.lose(Loss.NOTHING);
    if (relay.losses() == 0) {
      throw new CrashException("nothing came by that could be lost");
    }
  }

  private static void cutDatabaseConnections(JdbcAccess database) {
    boolean mysql = database.url().startsWith("jdbc:mysql:");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if ((mysql ? cutOfMysql(statement) : cutOfPostgresql(statement)) == 0) {
        throw new CrashException("there was no database connection to cut");
      }
    } catch (SQLException failure) {
      throw new CrashException("Connections could not be cut: " + failure.getMessage());
    }
  }

  private static int cutOfPostgresql(Statement statement) throws SQLException {
    try (ResultSet cut =
        statement.executeQuery(
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
      cut.next();
      return cut.getInt(1);
    }
  }

  private static int cutOfMysql(Statement statement) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT id FROM information_schema.processlist"
                + " WHERE db = database() AND id <> connection_id()")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    int cut = 0;
    for (String id : ids) {
      try {
        statement.execute("KILL CONNECTION " + id);
        cut++;
      } catch (SQLException failure) {
        if (failure.getErrorCode() != NO_SUCH_THREAD) {
          throw failure;
        }
      }
    }
    return cut;
  }

  private void emptyDisk(String name) throws InterruptedException {
    StackProcess process = process(name);
    Thread.sleep(FULL_DISK.toMillis());
    if (process.isAlive()) {
      limitFiles(process, "unlimited:");
      process.expectLife();
    } else {
      restartFallen(name);
    }
  }

  private void awaitEnd(String name) throws InterruptedException {
    if (!process(name).awaitEnd(OWN_END)) {
      throw new CrashException("%s has not ended in %d s".formatted(name, OWN_END.toSeconds()));
    }
    restartFallen(name);
  }

  /** As whoever supervises the processes would. */
  private void restartFallen(String name) {
    kill(List.of(name)); // its relay too
    restart(List.of(name));
  }

  /** Every write to a file fails with EFBIG, which no permission of root's lifts. */
  private static void limitFiles(StackProcess process, String softLimit) {
    try {
      Process tool =
          new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + softLimit)
              .redirectErrorStream(true)
              .start();
      String output = new String(tool.getInputStream().readAllBytes());
      if (tool.waitFor() != 0) {
        throw new CrashException("prlimit failed: " + output.strip());
      }
    } catch (IOException missing) {
      throw new CrashException("A full disk needs prlimit of util-linux: " + missing.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void atOnce(List<String> victims, Consumer<String> blow) {
    try {
      CompletableFuture.allOf(
              victims.stream()
                  .map(
                      victim ->
                          CompletableFuture.runAsync(
                              () -> blow.accept(victim),
                              task -> new Thread(task, "strike " + victim).start()))
                  .toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  @Override
  public void close() {
    relays.values().forEach(Relay::close);
    system.close();
  }
}
