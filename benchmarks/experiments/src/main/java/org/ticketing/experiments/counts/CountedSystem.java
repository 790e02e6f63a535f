package org.ticketing.experiments.counts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.experiments.report.Switches;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.DatabaseCounters;
import org.ticketing.stack.server.DatabaseServer;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.BoxOffice;

/** A running system with counters at everything that its payments use. */
final class CountedSystem implements Closeable {

  private static final String ADMINISTRATORS_DATABASE = "postgres";

  private final LocalStack stack;
  private final SystemDescription description;
  private final AccessLogs accessLogs;
  private final JvmRecordings recordings;
  private final Map<String, CallCounter> calls = new HashMap<>();
  private final Map<DatabaseServer, Connection> databases = new LinkedHashMap<>();
  private TicketingSystem system;

  private CountedSystem(LocalStack stack, SystemDescription description) throws IOException {
    this.stack = stack;
    this.description = description;
    Path folder =
        Files.createDirectories(stack.directory().resolve("counts-" + description.name()));
    this.accessLogs = new AccessLogs(folder);
    this.recordings = new JvmRecordings(stack.jdk(), stack.directory().resolve("data"), folder);
  }

  /** Starts a system with its counters. */
  static CountedSystem start(LocalStack stack, SystemDescription description)
      throws IOException, SQLException, InterruptedException {
    CountedSystem counted = new CountedSystem(stack, description);
    try {
      counted.start();
      return counted;
    } catch (IOException | SQLException | InterruptedException | RuntimeException failure) {
      counted.close();
      throw failure;
    }
  }

  private void start() throws IOException, SQLException, InterruptedException {
    for (String server : description.servers()) {
      calls.put(server, CallCounter.inFrontOf(stack.server(server)));
    }
    system =
        stack.start(
            description,
            SystemOptions.NONE
                .withProperties(BoxOffice.SETTING)
                .withProperties(Switches.OFF)
                .withProperties(accessLogs.properties())
                .withDetours(
                    (caller, callee, port) ->
                        calls.containsKey(callee) ? calls.get(callee).port() : port));
    String coordinatorsHome = description.process("payment").name();
    recordings.start(coordinatorsHome, system.process(coordinatorsHome));
    for (String name : description.allServers()) {
      Server server = stack.server(name);
      if (server instanceof DatabaseServer database) {
        databases.put(database, database.admin().connect());
        database.countPrecisely(true);
      } else {
        recordings.start(name, server.process());
      }
    }
  }

  TicketingSystem system() {
    return system;
  }

  /** What cannot be counted here. */
  List<String> notCounted() {
    List<String> found = new ArrayList<>();
    for (DatabaseServer database : databases.keySet()) {
      if (!database.countsStatements()) {
        found.add(
            "statements of a %s that runs %s"
                .formatted(
                    database.name(), database.isElsewhere() ? "elsewhere" : "in a container"));
      }
    }
    return found;
  }

  /** Reads all counters once what sessions have done is in them. */
  Reading settledReading() throws IOException, SQLException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(DatabaseServer.COUNTED_AFTER.toNanos());
    return reading();
  }

  /** Reads all counters. */
  Reading reading() throws IOException, SQLException, InterruptedException {
    Reading reading = new Reading();
    accessLogs.read(system, reading);
    calls.values().forEach(counter -> counter.read(reading));
    recordings.read(reading);
    for (Map.Entry<DatabaseServer, Connection> one : databases.entrySet()) {
      read(one.getKey().name(), one.getKey().counters(one.getValue()), reading);
    }
    return reading;
  }

  private static void read(String server, DatabaseCounters counters, Reading into) {
    into.add(Unit.FORCED_WRITE, server, "log", counters.forcedWrites());
    into.add(Unit.FORCED_WRITE, server, Count.IN_BACKGROUND, counters.forcedInBackground());
    into.add(Unit.LOG_BYTE, server, "log", counters.logBytes());
    counters
        .statements()
        .forEach(
            (database, kinds) -> {
              if (!database.equals(ADMINISTRATORS_DATABASE)) {
                kinds.forEach((kind, count) -> into.add(Unit.STATEMENT, database, kind, count));
              }
            });
  }

  /** Ends the system, and lets the servers go on as they did before. */
  @Override
  public void close() throws IOException {
    try (Closeable others = this::closeOthers;
        Closeable precision = this::stopCountingPrecisely) {
      recordings.close();
    }
  }

  private void stopCountingPrecisely() throws IOException {
    try {
      for (Map.Entry<DatabaseServer, Connection> one : databases.entrySet()) {
        one.getValue().close();
        one.getKey().countPrecisely(false);
      }
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  private void closeOthers() {
    if (system != null) {
      system.close();
    }
    calls.values().forEach(CallCounter::close);
  }
}
