package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ticketing.experiments.report.Machine;
import org.ticketing.experiments.report.Project;
import org.ticketing.experiments.report.Surroundings;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

/** Plays cells one after the other, each on a system that works. */
public final class CrashMatrix {

  /**
   * Seven customers with two payments each. Two of the first payments are refused late; so is a
   * third, whose wallet has points for one payment only, which the second should get.
   */
  private static final Workload CELL = new Workload(14, 3, new Mix(0, 2.0 / 14, 2.0 / 14, 0, 1));

  /** In which everything must be consistent again after the last restart. */
  private static final Duration PROMISED = Duration.ofSeconds(60);

  private final LocalStack stack;
  private final Duration promised;
  private final Observer observer;
  private final Path helper;
  private final Path histories;
  private final Project project;
  private final Machine machine;
  private final Map<String, String> versions;
  private final Instant startedAt = Instant.now();
  private final List<CellResult> cells = new ArrayList<>();
  private final List<RandomFaultsResult> storms = new ArrayList<>();

  /** Is told how it goes. */
  public interface Observer {

    /** What comes next or was seen, in a line. */
    default void progress(String line) {}

    /** What was found up to now: after every cell and storm, because the matrix takes long. */
    default void found(CrashResults soFar) {}

    /**
     * No cell or storm comes to this system any more: after the last one, or one that has broken
     * its promise. It is closed when this returns.
     */
    default void leaving(TicketingSystem system) {}
  }

  /**
   * @param stack that accepts rules
   * @param home the root of the repository
   */
  public CrashMatrix(LocalStack stack, Path home, Observer observer) throws IOException {
    this(stack, home, PROMISED, observer);
  }

  /**
   * @param promised in which everything must be consistent again after the last restart
   */
  CrashMatrix(LocalStack stack, Path home, Duration promised, Observer observer)
      throws IOException {
    this.stack = stack;
    this.promised = promised;
    this.observer = observer;
    this.project = Surroundings.project(home);
    this.machine = Surroundings.machine(stack);
    this.versions = Surroundings.versions(home, Systems.all());
    this.helper = Injection.helper(stack.directory());
    this.histories = Files.createDirectories(stack.directory().resolve("histories"));
  }

  /**
   * @throws IllegalArgumentException a cell wants to strike what its system has not
   */
  public static void require(List<Cell> cells) {
    cells.forEach(TargetSystem::require);
  }

  /** Plays the cells, system after system, as often as wanted. */
  public CrashResults play(List<Cell> cells, int repetitions)
      throws IOException, InterruptedException {
    Map<SystemDescription, List<Cell>> ofSystem =
        cells.stream().collect(groupingBy(Cell::system, LinkedHashMap::new, toList()));
    for (Map.Entry<SystemDescription, List<Cell>> entry : ofSystem.entrySet()) {
      playOn(entry.getKey(), entry.getValue(), repetitions);
    }
    return results();
  }

  /** SIGKILL at random moments, in one system after the other. */
  public CrashResults storm(List<SystemDescription> systems, Duration time, long seed)
      throws IOException, InterruptedException {
    for (SystemDescription description : systems) {
      try (TestBed system =
          TestBed.start(stack, description, RandomFaults.workload(time), promised)) {
        observer.progress("preparing the payments of " + description.name());
        storms.add(
            new RandomFaults(system, seed, observer::progress)
                .rage(time, histories.resolve(description.name() + "-random.jsonl")));
        observer.found(results());
        leave(system);
      }
    }
    return results();
  }

  private void playOn(SystemDescription description, List<Cell> toPlay, int repetitions)
      throws IOException, InterruptedException {
    int all = toPlay.size() * repetitions;
    TestBed system = null;
    try {
      for (int played = 0; played < all; played++) {
        Cell cell = toPlay.get(played % toPlay.size());
        if (system == null) {
          system = TestBed.start(stack, description, CELL, promised);
        }
        observer.progress("%s %d of %d: %s".formatted(description.name(), played + 1, all, cell));
        int repetition = 1 + played / toPlay.size();
        Path record = histories.resolve(cell.id() + "-" + repetition + ".jsonl");
        add(new CellRun(system, cell, repetition).play(played, helper, record));
        if (!lastResult().isKept()) {
          leave(system);
          replace(system);
          system = null;
        }
      }
      if (system != null) {
        lookOnceMore(system);
        leave(system);
      }
    } finally {
      if (system != null) {
        system.close();
      }
    }
  }

  private CellResult lastResult() {
    return cells.get(cells.size() - 1);
  }

  private void add(CellResult result) {
    observer.progress("  " + CrashTable.verdict(result));
    cells.add(result);
    observer.found(results());
  }

  /** Charged to the last cell: those before it were looked at again by those after them. */
  private void lookOnceMore(TestBed system) throws IOException, InterruptedException {
    Optional<String> late = system.verdict().lookOnceMore();
    if (late.isPresent()) {
      add(cells.remove(cells.size() - 1).but(late.get()));
    }
  }

  private void leave(TestBed system) {
    observer.leaving(system.victims().system());
  }

  /** So that no cell suffers from one that has broken its promise. */
  private void replace(TestBed system) {
    system.close();
    system.victims().system().description().servers().stream()
        .map(stack::server)
        .filter(server -> server.kind() == Server.Kind.COORDINATOR)
        .forEach(Server::restartEmpty);
  }

  private CrashResults results() {
    return new CrashResults(
        CrashResults.SCHEMA_VERSION,
        startedAt,
        Instant.now(),
        project,
        machine,
        versions,
        Surroundings.durability(stack),
        List.copyOf(cells),
        List.copyOf(storms));
  }
}
