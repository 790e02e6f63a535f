package org.ticketing.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What can be set of the containers: this project's properties, and those of others that it sets.
 * The former are described by the metadata that Spring's annotation processor makes of the Javadoc
 * of records; the latter by comments in the files that set them.
 */
class ContainerSettings {

  private static final String OURS = "ticketing.";
  private static final String ALL = "all";
  private static final String COMPOSE = "Compose";

  private static final String RESOURCES = "src/main/resources/";
  private static final String METADATA =
      "target/classes/META-INF/spring-configuration-metadata.json";
  private static final String PROFILE = "spring.config.activate.on-profile";

  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
  private static final Pattern SECRET =
      Pattern.compile("target: ((?:ticketing|spring)\\.[a-z.-]+)}");
  private static final Pattern PUBLIC_KEY =
      Pattern.compile("\\$public/(ticketing(?:\\.[a-z-]+)+)(\\.\\$service)?\"");
  private static final Pattern JAVADOC = Pattern.compile("\\{@(?:code|link) ([^}]+)}");

  private final Path home;
  private final List<Setting> ofCompose = new ArrayList<>();
  private final Map<String, Setting> properties =
      new TreeMap<>(
          Comparator.comparing((String name) -> !name.startsWith(OURS))
              .thenComparing(Comparator.naturalOrder()));

  /**
   * @param home the folder of the project, whose modules are compiled
   */
  ContainerSettings(Path home) {
    this.home = home;
    for (Line line : read("docker/.env")) {
      ofCompose.add(new Setting(line.name(), COMPOSE, line.value(), line.comment()));
    }
    modulesWith(METADATA).forEach(this::describe);
    read("common-domain/" + RESOURCES + "ticketing-defaults.properties").forEach(this::set);
    read("docker/image/config/application.yml").forEach(this::set);
    for (String system : List.of("xa", "tcc", "saga", "choreography")) {
      for (Line line : read(system + "-variant/" + RESOURCES + "application.yml")) {
        properties.computeIfPresent(
            line.name(), (name, setting) -> setting.inSystem(system, line.value()));
      }
    }
  }

  /** Returns this file or folder of each module that has it. */
  List<Path> modulesWith(String path) {
    return MODULE
        .matcher(text("pom.xml"))
        .results()
        .map(module -> home.resolve(module.group(1)).resolve(path))
        .filter(Files::exists)
        .toList();
  }

  Collection<Setting> all() {
    return Stream.concat(ofCompose.stream(), properties.values().stream()).toList();
  }

  /** Returns the file in a container for each property that is set by one. */
  Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (MatchResult found : SECRET.matcher(text("docker/compose.yaml")).results().toList()) {
      files.put(found.group(1), "/run/secrets/" + found.group(1));
    }
    for (MatchResult found : PUBLIC_KEY.matcher(text("docker/secrets.sh")).results().toList()) {
      files.put(
          found.group(1),
          "/run/public-keys/" + found.group(1) + (found.group(2) == null ? "" : ".<service>"));
    }
    return files;
  }

  /** Returns the variable of the environment that sets a property. */
  static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
  }

  String table() {
    Map<String, String> files = files();
    StringBuilder table =
        new StringBuilder(
            """

            | variable | of | default | property, and meaning |
            |---|---|---|---|
            """);
    for (Setting setting : ofCompose) {
      table.append(row(code(setting.name()), setting, setting.value(), setting.meaning()));
    }
    for (Setting setting : properties.values()) {
      String meaning = code(setting.name()) + ". " + setting.meaning();
      String file = files.get(setting.name());
      table.append(
          file == null
              ? row(code(variable(setting.name())), setting, setting.value(), meaning)
              : row("the file " + code(file), setting, "made by `secrets.sh`", meaning));
    }
    return table.append('\n').toString();
  }

  private static String row(String variable, Setting setting, String value, String meaning) {
    return "| %s | %s |%s| %s |\n"
        .formatted(variable, setting.of(), value.isEmpty() ? " " : " " + value + " ", meaning);
  }

  private void describe(Path metadata) {
    for (JsonNode property :
        JsonMapper.shared().readTree(metadata.toFile()).path("properties").values()) {
      String name = property.path("name").stringValue("");
      if (name.startsWith(OURS)) {
        String reader = property.path("sourceType").stringValue("").split("\\.")[2];
        properties.put(
            name,
            new Setting(
                name,
                reader.equals("platform") ? ALL : reader,
                property.path("defaultValue").asString(""),
                property.path("description").stringValue("")));
      }
    }
  }

  private void set(Line line) {
    if (line.name().startsWith(OURS)) {
      properties.compute(
          line.name(),
          (name, described) ->
              described == null
                  ? new Setting(name, line.of(), line.value(), "")
                  : new Setting(name, described.of(), line.value(), described.meaning()));
    } else if (!line.name().startsWith("spring.config.")) {
      properties.put(
          line.name(), new Setting(line.name(), line.of(), line.value(), line.comment()));
    }
  }

  private List<Line> read(String path) {
    PropertySourceLoader loader =
        path.endsWith(".yml")
            ? new YamlPropertySourceLoader()
            : new PropertiesPropertySourceLoader();
    try {
      List<String> text = Files.readAllLines(home.resolve(path));
      List<Line> lines = new ArrayList<>();
      for (PropertySource<?> document :
          loader.load(path, new FileSystemResource(home.resolve(path)))) {
        String profiles = String.valueOf(document.getProperty(PROFILE));
        String of = profiles.equals("null") ? ALL : profiles.replace(" | ", ", ");
        for (String name : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
          int line =
              ((TextResourceOrigin) OriginLookup.getOrigin(document, name)).getLocation().getLine();
          String value = String.valueOf(document.getProperty(name));
          lines.add(new Line(name, of, value, commentAbove(line, text)));
        }
      }
      return lines;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the nearest comment above in the same paragraph: it stands for all lines below it. */
  private static String commentAbove(int line, List<String> text) {
    int end = line;
    while (end > 0 && !isComment(text.get(end - 1)) && !text.get(end - 1).isBlank()) {
      end--;
    }
    int begin = end;
    while (begin > 0 && isComment(text.get(begin - 1))) {
      begin--;
    }
    return text.subList(begin, end).stream()
        .map(comment -> comment.strip().substring(1).strip())
        .collect(Collectors.joining(" "));
  }

  private static boolean isComment(String line) {
    return line.strip().startsWith("#");
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private String text(String path) {
    try {
      return Files.readString(home.resolve(path));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * A line of a file.
   *
   * @param of the systems that it is for
   * @param comment what stands above it; empty if nothing does
   */
  private record Line(String name, String of, String value, String comment) {}

  /**
   * A setting, in Markdown but for its name.
   *
   * @param of what reads it: Compose, all services, or those of a name or of a system
   * @param value the default; empty if there is none
   * @param meaning whole sentences; empty if nothing describes it
   */
  record Setting(String name, String of, String value, String meaning) {

    Setting {
      value = value.isEmpty() || value.startsWith("`") ? value : code(value);
      meaning = sentence(JAVADOC.matcher(meaning).replaceAll("`$1`").replace("<", "&lt;"));
    }

    Setting inSystem(String system, String other) {
      return new Setting(name, of, value + "; " + system + " " + code(other), meaning);
    }

    private static String sentence(String text) {
      if (text.isEmpty()) {
        return text;
      }
      return text.substring(0, 1).toUpperCase(Locale.ROOT)
          + text.substring(1)
          + (text.endsWith(".") ? "" : ".");
    }
  }
}
