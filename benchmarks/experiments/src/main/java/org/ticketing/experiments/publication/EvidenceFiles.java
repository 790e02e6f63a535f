package org.ticketing.experiments.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.crash.CrashResults;
import org.ticketing.workload.history.History;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that evidence is read from. What is wrong with one is said in one line. */
final class EvidenceFiles {

  private static final JsonMapper JSON = new JsonMapper();

  private EvidenceFiles() {}

  /** What is in a file of results. */
  private enum Kind {
    COMPARISON("a comparison"),
    CRASHES("crashes"),
    MICRO_BENCHMARKS("micro-benchmarks");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    private static Kind of(Path file, JsonNode json) {
      if (json.isArray() && json.path(0).has("benchmark")) {
        return MICRO_BENCHMARKS;
      }
      if (json.has("systems") && json.has("yardstick")) {
        return COMPARISON;
      }
      if (json.has("cells") && json.has("run")) {
        return CRASHES;
      }
      throw new EvidenceException(
          file + " has no results of compare, crash, or jmh: name a results.json of one of them.");
    }
  }

  static Results comparison(Path file) {
    return read(file, Kind.COMPARISON, new TypeReference<>() {}, Results.SCHEMA_VERSION);
  }

  static CrashResults crashes(Path file) {
    return read(file, Kind.CRASHES, new TypeReference<>() {}, CrashResults.SCHEMA_VERSION);
  }

  static List<MicroBenchmark> microBenchmarks(Path file) {
    return read(file, Kind.MICRO_BENCHMARKS, new TypeReference<>() {}, 0);
  }

  static List<Published> published(Path file) {
    try {
      Object content =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return JSON.convertValue(content, new TypeReference<List<Published>>() {});
    } catch (IOException unreadable) {
      throw unreadable(file);
    } catch (YAMLException | JacksonException malformed) {
      throw new EvidenceException(file + " is no list of published figures: " + first(malformed));
    }
  }

  static List<Example> examples(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .sorted()
          .map(file -> new Example(file.getFileName().toString(), history(file)))
          .toList();
    } catch (IOException unreadable) {
      throw unreadable(folder);
    }
  }

  static History history(Path file) {
    try {
      return History.readFrom(file);
    } catch (IOException unreadable) {
      throw new EvidenceException("%s is no history: %s".formatted(file, first(unreadable)));
    }
  }

  static Evidence of(List<Path> files) {
    List<Results> comparisons = new ArrayList<>();
    List<Results> levers = new ArrayList<>();
    List<CrashResults> crashes = new ArrayList<>();
    List<MicroBenchmark> microBenchmarks = new ArrayList<>();
    for (Path file : files) {
      switch (Kind.of(file, parse(file))) {
        case COMPARISON -> {
          Results found = comparison(file);
          if (found.isOfLeversAlone()) {
            levers.add(found);
          } else {
            comparisons.add(found);
          }
        }
        case CRASHES -> crashes.add(crashes(file));
        case MICRO_BENCHMARKS -> microBenchmarks.addAll(microBenchmarks(file));
      }
    }
    if (comparisons.size() > 2 || levers.size() > 1 || crashes.size() > 1) {
      throw new EvidenceException(
          "A page shows at most two comparisons, one of levers, and one crash matrix: name fewer files.");
    }
    return new Evidence(
        comparisons.stream().findFirst(),
        comparisons.stream().skip(1).findFirst(),
        Optional.empty(),
        Stream.concat(
                levers.stream(), comparisons.stream().filter(found -> !found.levers().isEmpty()))
            .limit(1)
            .toList(),
        List.of(),
        crashes.stream().findFirst(),
        Optional.empty(),
        microBenchmarks,
        List.of(),
        List.of());
  }

  /**
   * @param version of the schema that is read; 0 if it has none
   */
  private static <T> T read(Path file, Kind kind, TypeReference<T> type, int version) {
    JsonNode json = parse(file);
    Kind found = Kind.of(file, json);
    if (found != kind) {
      throw new EvidenceException("%s has %s, not %s.".formatted(file, found.words, kind.words));
    }
    if (version != 0 && json.path("schemaVersion").asInt(0) != version) {
      throw new EvidenceException(
          "%s has schema version %s, but version %d is read here: measure again with this source."
              .formatted(file, json.path("schemaVersion").asString("none"), version));
    }
    try {
      return JSON.treeToValue(json, JSON.constructType(type));
    } catch (JacksonException malformed) {
      throw new EvidenceException("%s: %s".formatted(file, first(malformed)));
    }
  }

  private static JsonNode parse(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException unreadable) {
      throw unreadable(file);
    } catch (JacksonException malformed) {
      throw new EvidenceException("%s is no JSON: %s".formatted(file, first(malformed)));
    }
  }

  private static EvidenceException unreadable(Path file) {
    return new EvidenceException(
        Files.exists(file) ? file + " cannot be read." : "There is no file " + file + ".");
  }

  /** The first line of what the failure says. */
  private static String first(Exception failure) {
    String message =
        failure instanceof JacksonException json
            ? json.getOriginalMessage()
            : String.valueOf(failure.getMessage());
    return message.lines().findFirst().orElse("").strip();
  }
}
