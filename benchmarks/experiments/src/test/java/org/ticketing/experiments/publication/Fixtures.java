package org.ticketing.experiments.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
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
