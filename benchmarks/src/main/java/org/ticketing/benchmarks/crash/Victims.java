package org.ticketing.benchmarks.crash;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
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
import org.ticketing.benchmarks.crash.Relay.Loss;
import org.ticketing.stack.JdbcAccess;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackProcess;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;

/** A running system whose processes, servers and connections can be struck. */
final class Victims implements Closeable {

  /** How long connections lose what passes, and a disk stays full. */
  private static final Duration LOSS = Duration.ofSeconds(3);

  private static final Duration FULL_DISK = Duration.ofSeconds(5);

  /** In which a process that cannot go on ends by itself. */
  private static final Duration OWN_END = Duration.ofSeconds(2);

  private static final String POSTGRESQL = "postgresql";
  private static final String MYSQL = "mysql";
  private static final String SEATA = "seata";

  private final LocalStack stack;
  private final TicketingSystem system;
  private final Map<String, Relay> relays;

  private Victims(LocalStack stack, TicketingSystem system, Map<String, Relay> relays) {
    this.stack = stack;
    this.system = system;
    this.relays = relays;
  }

  /** Starts a system whose processes call each other and the Seata server through relays. */
  static Victims start(LocalStack stack, Variant variant, Map<String, String> setting)
      throws IOException {
    Map<String, Relay> relays = new LinkedHashMap<>();
    Map<String, String> properties = new LinkedHashMap<>(setting);
    if (variant != Variant.MONOLITH) {
      for (String service : List.of("point", "reservation")) {
        relays.put(service, new Relay());
        properties.put(
            "spring.http.serviceclient." + service + ".base-url",
            "http://127.0.0.1:" + relays.get(service).port());
      }
    }
    if (variant == Variant.TCC || variant == Variant.SAGA) {
      Relay seata = new Relay();
      seata.lead(stack.seata().process().port());
      relays.put(SEATA, seata);
      properties.put("seata.service.grouplist.default", "127.0.0.1:" + seata.port());
    }
    TicketingSystem system = stack.start(variant, properties);
    Victims victims = new Victims(stack, system, relays);
    relays.forEach((name, relay) -> relay.lead(victims.process(name).port()));
    return victims;
  }

  TicketingSystem system() {
    return system;
  }

  /** Everything that can be killed, by name. */
  List<String> names() {
    List<String> names = new ArrayList<>(system.variant().processes());
    names.add(POSTGRESQL);
    if (system.variant() != Variant.MONOLITH) {
      names.add(MYSQL);
    }
    if (relays.containsKey(SEATA)) {
      names.add(SEATA);
    }
    return names;
  }

  StackProcess process(String name) {
    return switch (name) {
      case POSTGRESQL -> stack.postgres().process();
      case MYSQL -> stack.mysql().process();
      case SEATA -> stack.seata().process();
      default -> system.process(name);
    };
  }

  /**
   * Does what the act says.
   *
   * @param goOn lets the thread at the point go on
   */
  void strike(Act act, Runnable goOn) throws InterruptedException {
    if (act instanceof Act.Kill kill) {
      kill(kill.victims());
      goOn.run();
      restart(kill.victims());
    } else if (act instanceof Act.LoseRequests lost) {
      lose(lost.to(), Loss.REQUESTS, goOn);
    } else if (act instanceof Act.LoseAnswers lost) {
      lose(lost.of(), Loss.ANSWERS, goOn);
    } else if (act instanceof Act.CutDatabaseConnections cut) {
      cutDatabaseConnections(system.database(cut.of()));
      goOn.run();
    } else if (act instanceof Act.Hang hang) {
      Thread.sleep(hang.time().toMillis());
      goOn.run();
    } else if (act instanceof Act.FillDisk full) {
      fillDisk(process(full.of()), goOn);
    } else {
      letEnd(goOn);
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
      int rank =
          switch (victim) {
            case POSTGRESQL, MYSQL -> 0;
            case SEATA -> 1;
            default -> 2;
          };
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

  private void lose(String service, Loss what, Runnable goOn) throws InterruptedException {
    Relay relay = relays.get(service);
    relay.lose(what);
    goOn.run();
    Thread.sleep(LOSS.toMillis());
    relay.lose(Loss.NOTHING);
  }

  private static void cutDatabaseConnections(JdbcAccess database) {
    boolean mysql = database.url().startsWith("jdbc:mysql:");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if (mysql) {
        List<String> ids = new ArrayList<>();
        try (var rows =
            statement.executeQuery(
                "SELECT id FROM information_schema.processlist"
                    + " WHERE db = database() AND id <> connection_id()")) {
          while (rows.next()) {
            ids.add(rows.getString(1));
          }
        }
        for (String id : ids) {
          statement.execute("KILL CONNECTION " + id);
        }
      } else {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      }
    } catch (SQLException failure) {
      throw new CrashException("Connections could not be cut: " + failure.getMessage());
    }
  }

  /** Every write to a file fails with EFBIG, which no permission of root's lifts. */
  private void fillDisk(StackProcess process, Runnable goOn) throws InterruptedException {
    process.expectEnd();
    limitFiles(process, "0:");
    goOn.run();
    Thread.sleep(FULL_DISK.toMillis());
    if (process.isAlive()) {
      limitFiles(process, "unlimited:");
    }
    restartFallen();
  }

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

  private void letEnd(Runnable goOn) throws InterruptedException {
    system.processes().forEach(StackProcess::expectEnd);
    goOn.run();
    Thread.sleep(OWN_END.toMillis());
    restartFallen();
  }

  /** As whoever supervises the processes would. */
  private void restartFallen() {
    List<String> fallen = names().stream().filter(name -> !process(name).isAlive()).toList();
    kill(fallen); // their relays too
    restart(fallen);
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
