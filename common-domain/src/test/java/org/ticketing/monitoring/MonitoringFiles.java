package org.ticketing.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in {@code docker/monitoring}. */
final class MonitoringFiles {

  static final Path FOLDER =
      Path.of(System.getProperty("ticketing.home")).resolve("docker/monitoring");

  private static final JsonMapper JSON = new JsonMapper();

  private MonitoringFiles() {}

  static JsonNode yaml(String file) {
    return JSON.valueToTree(new Yaml().load(text(FOLDER.resolve(file))));
  }

  /** The rules, recording ones and alerts, of all groups. */
  static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : yaml("rules/ticketing.yml").get("groups")) {
      group.get("rules").forEach(rules::add);
    }
    return rules;
  }

  static List<JsonNode> alerts() {
    return rules().stream().filter(rule -> rule.has("alert")).toList();
  }

  /** The dashboards by the name of their file. */
  static Map<String, JsonNode> dashboards() {
    Map<String, JsonNode> dashboards = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("grafana/dashboards"))) {
      files
          .sorted()
          .forEach(
              file -> dashboards.put(file.getFileName().toString(), JSON.readTree(text(file))));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return dashboards;
  }

  /** The expressions of a dashboard, with its variables replaced. */
  static List<String> expressions(JsonNode dashboard) {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        expressions.add(target.get("expr").asString().replace("$__rate_interval", "1m"));
      }
    }
    for (JsonNode annotation : dashboard.get("annotations").get("list")) {
      expressions.add(annotation.get("expr").asString());
    }
    return expressions;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
