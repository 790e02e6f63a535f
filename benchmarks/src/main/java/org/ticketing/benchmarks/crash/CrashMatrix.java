package org.ticketing.benchmarks.crash;

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
import java.util.function.Consumer;
import org.ticketing.benchmarks.history.History;
import org.ticketing.benchmarks.load.BoxOffice;
import org.ticketing.benchmarks.load.Connections;
import org.ticketing.benchmarks.load.Workload;
import org.ticketing.benchmarks.report.Surroundings;
import org.ticketing.client.PublicApis;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.SystemKeys;
import org.ticketing.stack.TicketingSystem;
import org.ticketing.stack.Variant;

/** Plays cells one after the other, each on a system that works. */
public final class CrashMatrix {

  /** Six buyers with two payments each, of which two are refused late. */
  private static final Workload CELL = new Workload(12, 3, 0, 2.0 / 12, 0, 0, 1);

  private final LocalStack stack;
  private final Path home;
  private final Consumer<String> progress;
  private final Path helper;
  private final Path histories;
  private final Instant startedAt = Instant.now();

  /**
   * @param stack that accepts rules
   * @param home the root of the repository
   */
  public CrashMatrix(LocalStack stack, Path home, Consumer<String> progress) throws IOException {
    this.stack = stack;
    this.home = home;
    this.progress = progress;
    this.helper = Injection.helper(stack.directory());
    this.histories = Files.createDirectories(stack.directory().resolve("histories"));
  }

  /** Plays the cells, variant after variant, as often as wanted. */
  public CrashResults play(List<Cell> cells, int repetitions)
      throws IOException, InterruptedException {
    Map<Variant, List<Cell>> ofVariant =
        cells.stream().collect(groupingBy(Cell::variant, LinkedHashMap::new, toList()));
    List<CellResult> results = new ArrayList<>();
    for (Map.Entry<Variant, List<Cell>> entry : ofVariant.entrySet()) {
      results.addAll(play(entry.getKey(), entry.getValue(), repetitions));
    }
    return results(results, List.of());
  }

  /** SIGKILL at random moments, in one variant after the other. */
  public CrashResults storm(List<Variant> variants, Duration time, long seed)
      throws IOException, InterruptedException {
    List<StormResult> results = new ArrayList<>();
    for (Variant variant : variants) {
      Running running = start(variant, Storm.workload(time));
      try {
        progress.accept("preparing the payments of " + variant.id());
        results.add(
            new Storm(running.victims(), seed, progress)
                .rage(
                    time,
                    running.boxOffice(),
                    running.history(),
                    histories.resolve(variant.id() + "-random.jsonl")));
      } finally {
        running.victims().close();
      }
    }
    return results(List.of(), results);
  }

  /**
   * A system that has broken its promise is replaced by a fresh one, so that no cell suffers from
   * another.
   */
  private List<CellResult> play(Variant variant, List<Cell> cells, int repetitions)
      throws IOException, InterruptedException {
    List<CellResult> results = new ArrayList<>();
    Running running = null;
    try {
      for (int played = 0; played < cells.size() * repetitions; played++) {
        Cell cell = cells.get(played % cells.size());
        if (running == null) {
          running = start(variant, CELL);
        }
        progress.accept(
            "%s %d of %d: %s"
                .formatted(variant.id(), played + 1, cells.size() * repetitions, cell));
        CellResult result = play(running, cell, played, 1 + played / cells.size());
        progress.accept("  " + CrashTable.verdict(result));
        results.add(result);
        if (!result.found().isKept()) {
          running.victims().close();
          running = null;
        }
      }
    } finally {
      if (running != null) {
        running.victims().close();
      }
    }
    return results;
  }

  private CellResult play(Running running, Cell cell, int number, int repetition)
      throws IOException, InterruptedException {
    return new Trial(running.victims(), cell, helper)
        .play(
            running.boxOffice(),
            running.history(),
            number,
            repetition,
            histories.resolve(cell.id() + "-" + repetition + ".jsonl"));
  }

  private record Running(Victims victims, BoxOffice boxOffice, History history) {}

  private Running start(Variant variant, Workload workload)
      throws IOException, InterruptedException {
    Victims victims = Victims.start(stack, variant, BoxOffice.SETTING);
    TicketingSystem system = victims.system();
    PublicApis visitor = PublicApis.at(system::url, Connections.ofApis());
    PublicApis operator = visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword());
    History history = new History(variant.id());
    return new Running(victims, BoxOffice.open(visitor, operator, workload, history), history);
  }

  private CrashResults results(List<CellResult> cells, List<StormResult> storms)
      throws IOException {
    return new CrashResults(
        CrashResults.SCHEMA_VERSION,
        startedAt,
        Instant.now(),
        Surroundings.project(home),
        Surroundings.machine(stack.directory()),
        Surroundings.versions(home),
        Surroundings.durability(stack),
        cells,
        storms);
  }
}
