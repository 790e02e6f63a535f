package org.ticketing.experiments.crash;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ticketing.experiments.crash.CellResult.Played;
import org.ticketing.experiments.crash.CrashResults.SkippedCell;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;

/** Plays cells one after the other, each on a system that works, and collects the results. */
public final class CrashMatrix {

  /**
   * Seven customers with two payments each. Two of the first payments are refused late. So is a
   * third one, from a wallet with points for one payment, which the second payment should get.
   */
  private static final Workload CELL = new Workload(14, 3, new Mix(0, 2.0 / 14, 2.0 / 14, 0, 1));

  private static final Duration PROMISED = Duration.ofSeconds(60);

  private final LocalStack stack;
  private final Duration promised;
  private final Observer observer;
  private final Path helper;
  private final Path histories;
  private final CrashResults.Run run;
  private final List<CellResult> cells = new ArrayList<>();
  private final List<RandomFaultsResult> randomFaults = new ArrayList<>();
  private final List<SkippedCell> skipped = new ArrayList<>();

  /** Is told how the matrix proceeds. */
  public interface Observer {

    /** Receives one line about what comes next or what was found. */
    default void progress(String line) {}

    /** Receives the results so far after every cell, because the matrix takes long. */
    default void found(CrashResults soFar) {}

    /**
     * Receives a system on which nothing more is played: after its last cell, or after a cell in
     * which it broke its promise. The system is closed when this method returns.
     */
    default void leaving(TicketingSystem system) {}
  }

  /**
   * A matrix in which everything must be consistent again a minute after the last restart.
   *
   * @param stack must accept Byteman rules
   * @param home the root of the repository
   */
  public CrashMatrix(LocalStack stack, Path home, Observer observer) throws IOException {
    this(stack, home, PROMISED, observer);
  }

  /**
   * @param promised the time in which everything must be consistent again after the last restart
   */
  CrashMatrix(LocalStack stack, Path home, Duration promised, Observer observer)
      throws IOException {
    this.stack = stack;
    this.promised = promised;
    this.observer = observer;
    this.run = CrashResults.Run.begin(stack, home);
    this.helper = InstalledRules.helper(stack.directory());
    this.histories = Files.createDirectories(stack.directory().resolve("histories"));
  }

  /**
   * Checks that the systems have the processes and servers that the cells name.
   *
   * @throws IllegalArgumentException if a fault cannot be injected
   */
  public static void require(List<Cell> cells) {
    cells.forEach(CellCheck::require);
  }

  /**
   * Plays the cells, system after system, each cell as often as it is to be repeated. Skips those
   * whose fault cannot be injected into the servers of the stack.
   */
  public CrashResults play(List<Cell> cells, int repetitions)
      throws IOException, InterruptedException {
    Map<SystemDescription, List<Cell>> ofSystem =
        cells.stream().collect(groupingBy(Cell::system, LinkedHashMap::new, toList()));
    for (Map.Entry<SystemDescription, List<Cell>> entry : ofSystem.entrySet()) {
      playOn(entry.getKey(), possible(entry.getValue()), repetitions);
    }
    return results();
  }

  private List<Cell> possible(List<Cell> toPlay) {
    List<Cell> possible = new ArrayList<>();
    for (Cell cell : toPlay) {
      obstacle(cell.fault())
          .ifPresentOrElse(reason -> skip(cell, reason), () -> possible.add(cell));
    }
    return possible;
  }

  /** Why a fault cannot be injected into a server of the stack. */
  private Optional<String> obstacle(Fault fault) {
    return fault.kind() == Fault.Kind.FILL_DISK && areInContainers(fault.targets())
        ? Optional.of("the disk of a container cannot be filled from outside")
        : Optional.empty();
  }

  private boolean areInContainers(List<String> targets) {
    return stack.servers().stream()
        .filter(server -> targets.contains(server.name()))
        .anyMatch(server -> server.processIfHere().filter(StackProcess::isInContainer).isPresent());
  }

  private void skip(Cell cell, String reason) {
    observer.progress("%s: skipped: %s: %s".formatted(cell.system().name(), cell, reason));
    skipped.add(new SkippedCell(Played.of(cell, 1), reason));
    observer.found(results());
  }

  private void playOn(SystemDescription system, List<Cell> toPlay, int repetitions)
      throws IOException, InterruptedException {
    int all = toPlay.size() * repetitions;
    TestBed bed = null;
    try {
      for (int round = 0; round < all; round++) {
        Cell cell = toPlay.get(round % toPlay.size());
        int repetition = 1 + round / toPlay.size();
        if (bed == null) {
          bed = TestBed.start(stack, system, CELL, promised);
        }
        observer.progress("%s %d of %d: %s".formatted(system.name(), round + 1, all, cell));
        Path history = histories.resolve(Played.of(cell, repetition).history());
        CellResult result = new CellRun(bed, cell, repetition).play(round, helper, history);
        add(result);
        if (!result.isKept()) {
          leave(bed);
          bed.close();
          bed = null;
          emptyCoordinators(system);
        }
      }
      if (bed != null) {
        checkAfterLongestTimer(bed);
        leave(bed);
      }
    } finally {
      if (bed != null) {
        bed.close();
      }
    }
  }

  private void add(CellResult result) {
    observer.progress("  " + CrashTable.verdict(result));
    cells.add(result);
    observer.found(results());
  }

  /**
   * Checks the system once more, and adds what is wrong to the result of the last cell: what the
   * cells before it left behind, the cells after them have found.
   */
  private void checkAfterLongestTimer(TestBed bed) throws InterruptedException {
    Optional<String> late = bed.verdict().checkAfterLongestTimer();
    if (late.isPresent()) {
      add(cells.remove(cells.size() - 1).withBroken(late.get()));
    }
  }

  private void leave(TestBed bed) {
    observer.leaving(bed.target().system());
  }

  /** Lets no cell suffer from what the coordinator remembers of a broken one. */
  private void emptyCoordinators(SystemDescription system) {
    system.servers().stream()
        .map(stack::server)
        .filter(server -> server.kind() == Server.Kind.COORDINATOR)
        .forEach(Server::restartEmpty);
  }

  /**
   * Kills processes and servers at random moments, in one system after the other.
   *
   * @param time how long, in each system
   * @param seed chooses what is killed
   */
  public CrashResults injectAtRandom(List<SystemDescription> systems, Duration time, long seed)
      throws IOException, InterruptedException {
    for (SystemDescription system : systems) {
      try (TestBed bed = TestBed.start(stack, system, RandomFaults.workload(time), promised)) {
        observer.progress("preparing the payments of " + system.name());
        randomFaults.add(
            new RandomFaults(bed, seed, observer::progress)
                .inject(time, histories.resolve(system.name() + "-random.jsonl")));
        observer.found(results());
        leave(bed);
      }
    }
    return results();
  }

  private CrashResults results() {
    return new CrashResults(
        CrashResults.SCHEMA_VERSION,
        run.finishedOn(stack),
        List.copyOf(cells),
        List.copyOf(randomFaults),
        List.copyOf(skipped));
  }
}
