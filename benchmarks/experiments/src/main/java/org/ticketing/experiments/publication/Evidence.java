package org.ticketing.experiments.publication;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.experiments.report.Environment;

/**
 * Everything that the pages are made from, as the commands have written it. What was not measured
 * is absent, and the pages say so.
 *
 * @param comparison what {@code ./ticketing compare --full} has found
 * @param again a second such run
 * @param asShipped one with libraries and servers as published
 * @param levers what {@code ./ticketing compare --only levers} has found, in parts that measured
 *     systems of their own; each is compared with itself alone, so that machines may differ
 * @param databases the same on other databases, in the order of their names
 * @param crashes what {@code ./ticketing crash} has found
 * @param crashesAsShipped the same with libraries and servers as published
 * @param microBenchmarks in the order in which they ran; empty if none did
 * @param published what others have published
 * @param examples the smallest histories that show an anomaly, by the names of their files
 */
public record Evidence(
    Optional<Results> comparison,
    Optional<Results> again,
    Optional<Results> asShipped,
    List<Results> levers,
    List<OnDatabase> databases,
    Optional<CrashResults> crashes,
    Optional<CrashResults> crashesAsShipped,
    List<MicroBenchmark> microBenchmarks,
    List<Published> published,
    List<Example> examples) {

  /** The folder of the published files, relative to the root of the repository. */
  public static final String FOLDER = "benchmarks/results";

  static final String COMPARISON = "compare.json";
  static final String AGAIN = "compare-2.json";
  static final String AS_SHIPPED = "compare-stock.json";
  static final String LEVERS = "levers";
  static final String CRASHES = "crash";
  static final String CRASHES_AS_SHIPPED = "crash-stock.json";
  static final String MICRO_BENCHMARKS = "jmh.json";
  static final String PUBLISHED = "published.yaml";
  static final String EXAMPLES = "histories";

  private static final List<String> DATABASES = List.of("mysql", "mariadb");

  /** A comparison that was run on a database of this name. */
  public record OnDatabase(String database, Results comparison) {}

  public Evidence {
    levers = List.copyOf(levers);
    databases = List.copyOf(databases);
    microBenchmarks = List.copyOf(microBenchmarks);
    published = List.copyOf(published);
    examples = List.copyOf(examples);
  }

  /**
   * Reads the files of a folder that have the names above. Each of them may be missing. Crash
   * matrix and levers may go on in {@code crash-2.json} and so on.
   *
   * @throws EvidenceException the folder or one of the files cannot be read, or parts do not fit
   */
  public static Evidence read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new EvidenceException(folder + " is no folder.");
    }
    List<OnDatabase> databases = new ArrayList<>();
    for (String database : DATABASES) {
      optional(folder, "compare-" + database + ".json", EvidenceFiles::comparison)
          .ifPresent(found -> databases.add(new OnDatabase(database, found)));
    }
    return new Evidence(
        optional(folder, COMPARISON, EvidenceFiles::comparison),
        optional(folder, AGAIN, EvidenceFiles::comparison),
        optional(folder, AS_SHIPPED, EvidenceFiles::comparison),
        levers(folder),
        databases,
        crashes(folder),
        optional(folder, CRASHES_AS_SHIPPED, EvidenceFiles::crashes),
        optional(folder, MICRO_BENCHMARKS, EvidenceFiles::microBenchmarks).orElse(List.of()),
        optional(folder, PUBLISHED, EvidenceFiles::published).orElse(List.of()),
        optional(folder, EXAMPLES, EvidenceFiles::examples).orElse(List.of()));
  }

  /**
   * Reads results of runs of one's own: a comparison, crashes, or micro-benchmarks, told apart by
   * what is in them. A second comparison is the first one run again.
   *
   * @throws EvidenceException one of the files cannot be read, or there are too many of a kind
   */
  public static Evidence of(List<Path> files) {
    return EvidenceFiles.of(files);
  }

  /** All comparisons, however they were run. */
  public Stream<Results> comparisons() {
    return Stream.of(
            comparison.stream(),
            again.stream(),
            asShipped.stream(),
            levers.stream(),
            databases.stream().map(OnDatabase::comparison))
        .flatMap(Function.identity());
  }

  /** Those of all parts of the levers. */
  public List<LeveredSystem> leveredSystems() {
    return leveredSystems(levers).toList();
  }

  private static Stream<LeveredSystem> leveredSystems(List<Results> parts) {
    return parts.stream().flatMap(part -> part.levers().stream());
  }

  public boolean isEmpty() {
    return comparisons().findAny().isEmpty()
        && crashes.isEmpty()
        && crashesAsShipped.isEmpty()
        && microBenchmarks.isEmpty();
  }

  private static List<Results> levers(Path folder) {
    List<Results> parts = parts(folder, LEVERS, EvidenceFiles::comparison);
    try {
      parts.stream().map(Results::environment).reduce(Environment::with);
    } catch (IllegalArgumentException different) {
      throw unfit(folder, LEVERS, different.getMessage());
    }
    if (parts.stream().map(Results::settings).distinct().count() > 1) {
      throw unfit(folder, LEVERS, "its parts have different settings");
    }
    Set<String> systems = new HashSet<>();
    leveredSystems(parts)
        .map(LeveredSystem::system)
        .filter(system -> !systems.add(system))
        .findFirst()
        .ifPresent(
            twice -> {
              throw unfit(folder, LEVERS, "two of its parts have measured " + twice);
            });
    return parts;
  }

  private static Optional<CrashResults> crashes(Path folder) {
    List<CrashResults> parts = parts(folder, CRASHES, EvidenceFiles::crashes);
    try {
      return parts.isEmpty() ? Optional.empty() : Optional.of(CrashResults.joined(parts));
    } catch (IllegalArgumentException different) {
      throw unfit(folder, CRASHES, different.getMessage());
    }
  }

  /** All of them, if there are more files than the first. */
  private static <T> List<T> parts(Path folder, String name, Function<Path, T> read) {
    return Stream.iterate(1, number -> number + 1)
        .map(number -> folder.resolve(name + (number == 1 ? "" : "-" + number) + ".json"))
        .takeWhile(Files::exists)
        .map(read)
        .toList();
  }

  private static EvidenceException unfit(Path folder, String name, String why) {
    return new EvidenceException("%s.json in %s: %s.".formatted(name, folder, why));
  }

  private static <T> Optional<T> optional(Path folder, String name, Function<Path, T> read) {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(read.apply(file)) : Optional.empty();
  }
}
