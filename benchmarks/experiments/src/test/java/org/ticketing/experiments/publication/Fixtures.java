package org.ticketing.experiments.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.ticketing.experiments.compare.LeveredSystem;
import org.ticketing.experiments.compare.LeveredSystem.Consequences;
import org.ticketing.experiments.compare.LeveredSystem.Pulled;
import org.ticketing.experiments.compare.LeveredSystem.Speed;
import org.ticketing.experiments.compare.LeveredSystem.Unlevered;
import org.ticketing.experiments.compare.Results.PlayedPart;
import org.ticketing.experiments.report.Ratio;
import org.ticketing.verification.FracturedReads;
import org.ticketing.workload.Departures;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results like those that the commands leave, smaller, in files. */
final class Fixtures {

  private static final JsonMapper JSON = new JsonMapper();

  private Fixtures() {}

  static Path folder() {
    try {
      return Path.of(Fixtures.class.getResource("compare.json").toURI()).getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Evidence evidence() {
    return Evidence.read(folder());
  }

  /** The evidence of a folder with one file of the fixtures, changed. */
  static Evidence with(Path empty, String file, Consumer<ObjectNode> change) {
    return Evidence.read(copyTo(empty, file, file, change));
  }

  /** Copies one file of the fixtures under another name, changed. */
  static Path copyTo(Path folder, String file, String name, Consumer<ObjectNode> change) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(Files.readString(folder().resolve(file)));
      change.accept(json);
      Files.writeString(folder.resolve(name), JSON.writeValueAsString(json));
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void pullLevers(ObjectNode comparison) {
    pullLeversOf("xa", comparison);
  }

  /** Makes a comparison one of levers alone: of one lever in one system. */
  static void pullLeversOf(String system, ObjectNode comparison) {
    LeveredSystem levered =
        new LeveredSystem(
            system,
            new Unlevered(6.25, new Speed(120.4, 8.5, 21), consequences(9, 1500, 0)),
            List.of(
                new Pulled(
                    "cached",
                    "look-ups are remembered for two seconds",
                    new Ratio(0.9, 0.85, 0.95),
                    new Ratio(0.88, 0.84, 0.92),
                    new Ratio(1.1, 1.05, 1.15),
                    new Ratio(0.8, 0.75, 0.85),
                    null,
                    null,
                    consequences(7.2, 1490, 1985))));
    comparison.putArray("systems");
    comparison.putArray("sweeps");
    comparison.putArray("counts");
    comparison.set("levers", JSON.valueToTree(List.of(levered)));
    comparison.set(
        "played",
        JSON.valueToTree(
            List.of(new PlayedPart("levers", Instant.EPOCH, Instant.EPOCH, List.of()))));
  }

  private static Consequences consequences(double calls, double told, long staleMillis) {
    return new Consequences(calls, told, FracturedReads.NONE, new Departures(8, 0, staleMillis));
  }

  /** The result of a system in a comparison. */
  static ObjectNode system(ObjectNode comparison, String name) {
    for (var system : comparison.get("systems")) {
      if (system.get("system").asString().equals(name)) {
        return (ObjectNode) system;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Sets the p50 of a system to a ratio with a small range. */
  static void setP50(ObjectNode comparison, String system, double ratio) {
    ObjectNode p50 = (ObjectNode) system(comparison, system).get("ratios").get("p50");
    p50.put("median", ratio).put("min", 0.99 * ratio).put("max", 1.01 * ratio);
  }
}
