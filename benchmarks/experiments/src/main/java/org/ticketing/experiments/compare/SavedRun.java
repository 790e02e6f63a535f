package org.ticketing.experiments.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;
import org.ticketing.experiments.compare.Results.Rates;
import org.ticketing.stack.run.RunDirectory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of a comparison that were played, in the folder {@code parts} of its run, so that it
 * can be continued after whatever ended it. Levers are kept by system, each of which takes longer
 * than most parts. Each file is there as a whole or not at all. The folder is deleted once there
 * are results.
 */
public final class SavedRun {

  private static final String FOLDER = "parts";
  private static final String OPENING = "comparison.json";
  private static final String RATES = "sweep-rates.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final Path folder;

  private SavedRun(Path directory) {
    this.directory = directory;
    this.folder = directory.resolve(FOLDER);
  }

  /**
   * That of a run that begins.
   *
   * @param directory of the run
   */
  public static SavedRun begin(Path directory) {
    return new SavedRun(directory);
  }

  /**
   * That of a run that was interrupted.
   *
   * @param directory of the run
   * @throws NotResumableException there is nothing to be continued
   */
  public static SavedRun interrupted(Path directory) throws IOException {
    SavedRun run = new SavedRun(directory.toAbsolutePath().normalize());
    if (!run.isUnfinished()) {
      throw new NotResumableException(
          "There is no unfinished comparison in %s.".formatted(directory));
    }
    if (RunDirectory.isAlive(run.directory)) {
      throw new NotResumableException(
          "The comparison in %s is still under way.".formatted(directory));
    }
    return run;
  }

  /**
   * That of the newest run that was interrupted.
   *
   * @param home the root of the repository
   * @throws NotResumableException there is none
   */
  public static SavedRun newestInterrupted(Path home) throws IOException {
    for (Path directory : RunDirectory.all(home)) {
      SavedRun run = new SavedRun(directory);
      if (run.isUnfinished() && !RunDirectory.isAlive(directory)) {
        return run;
      }
    }
    throw new NotResumableException("There is no unfinished comparison to be continued.");
  }

  private boolean isUnfinished() {
    return Files.exists(folder.resolve(OPENING));
  }

  /** The file of the results, once the comparison is over. */
  public Path results() {
    return directory.resolve("results.json");
  }

  /**
   * Opens the comparison, or opens it again.
   *
   * @return what it began as
   * @throws NotResumableException it began as another one
   */
  Opening open(Opening opening) throws IOException {
    Optional<Opening> first = read(OPENING, Opening.class);
    if (first.isPresent()) {
      first.get().requireSame(opening);
      return first.get();
    }
    Files.createDirectories(folder);
    write(OPENING, opening);
    return opening;
  }

  /** The rates that were chosen for all sweeps, if any sweep was begun. */
  Optional<Rates> rates() throws IOException {
    return read(RATES, Rates.class);
  }

  void save(Rates rates) throws IOException {
    write(RATES, rates);
  }

  /** What was played of a plan, in the order of parts. */
  List<PartResult> parts(Plan plan) throws IOException {
    List<PartResult> parts = new ArrayList<>();
    for (ComparisonPart part : ComparisonPart.values()) {
      if (part.isPulled()) {
        parts.addAll(levers(plan));
      } else {
        read(file(part.toString()), PartResult.class).ifPresent(parts::add);
      }
    }
    return parts;
  }

  /** That of all systems as one part; empty if no system has any. */
  private List<PartResult> levers(Plan plan) throws IOException {
    List<PartResult> systems = new ArrayList<>();
    for (String system : plan.leversOf()) {
      read(fileOfLevers(system), PartResult.class).ifPresent(systems::add);
    }
    return systems.isEmpty() ? List.of() : List.of(PartResult.joined(systems));
  }

  /** What of a plan was not played yet. */
  public Missing missing(Plan plan) {
    List<String> leversOf =
        plan.leversOf().stream().filter(system -> !has(fileOfLevers(system))).toList();
    return new Missing(
        plan.parts().stream()
            .filter(part -> part.isPulled() ? !leversOf.isEmpty() : !has(file(part.toString())))
            .toList(),
        leversOf);
  }

  private boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  void save(PartResult part) throws IOException {
    write(file(part.played().part()), part);
  }

  /** Keeps what levers change in one system, so that no more than one is measured again. */
  void saveLevers(String system, PartResult levers) throws IOException {
    write(fileOfLevers(system), levers);
  }

  /** Leaves the results in place of the parts. */
  void finish(Results results) throws IOException {
    Files.writeString(results(), results.toJson());
    FileSystemUtils.deleteRecursively(folder);
  }

  private static String fileOfLevers(String system) {
    return file(ComparisonPart.LEVERS + "-" + system);
  }

  private static String file(String part) {
    return part + ".json";
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), type));
    } catch (JacksonException malformed) {
      throw new NotResumableException(
          "%s cannot be read: %s".formatted(file, malformed.getOriginalMessage()));
    }
  }

  /** Renames a file that is complete, and on disk, to its name. */
  private void write(String name, Object value) throws IOException {
    Path complete = folder.resolve(name + ".new");
    try (var channel =
        FileChannel.open(
            complete,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(value));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(complete, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
