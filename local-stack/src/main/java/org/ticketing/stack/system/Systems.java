package org.ticketing.stack.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.ticketing.stack.process.StackException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The systems whose descriptions are on the class path, in the order of tables. */
public final class Systems {

  private static final String ROOT = "systems";
  private static final String FILE = "system.yaml";

  private static List<SystemDescription> all;

  private Systems() {}

  /**
   * All of them.
   *
   * @throws StackException if a description cannot be read
   */
  public static synchronized List<SystemDescription> all() {
    if (all == null) {
      all = read();
    }
    return all;
  }

  /** All of them but those that are played on demand alone. */
  public static List<SystemDescription> byDefault() {
    return all().stream().filter(system -> !system.onDemand()).toList();
  }

  /** The names of all of them, separated by commas. */
  public static String names() {
    return names(all());
  }

  /** The system of that name. */
  public static Optional<SystemDescription> find(String name) {
    return all().stream().filter(system -> system.name().equals(name)).findFirst();
  }

  /**
   * The system of that name.
   *
   * @throws StackException if there is none
   */
  public static SystemDescription named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new StackException(
                    "There is no system '%s'; choose one of %s.".formatted(name, names())));
  }

  /**
   * The one whose services all run in one process.
   *
   * @throws StackException if there is none
   */
  public static SystemDescription inOneProcess() {
    return all().stream()
        .filter(SystemDescription::isOneProcess)
        .findFirst()
        .orElseThrow(() -> new StackException("No system runs in one process."));
  }

  /**
   * The one, among systems that are compared, that ratios are taken to.
   *
   * @throws StackException if it is none of them, or more than one
   */
  public static SystemDescription yardstick(Collection<SystemDescription> compared) {
    List<SystemDescription> found = compared.stream().filter(SystemDescription::yardstick).toList();
    if (found.size() != 1) {
      throw new StackException(
          "Exactly one of the systems that are compared must have 'yardstick: true', but %s."
              .formatted(
                  found.isEmpty()
                      ? "none of %s has".formatted(names(compared))
                      : "%s have".formatted(names(found))));
    }
    return found.get(0);
  }

  /** Where a system's files are on the class path. */
  static String folder(String name) {
    return ROOT + "/" + name;
  }

  private static List<SystemDescription> read() {
    try {
      return read(
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:%s/*/%s".formatted(ROOT, FILE)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads descriptions, and puts them in the order of tables. */
  static List<SystemDescription> read(Resource... files) throws IOException {
    Map<String, Resource> found = new HashMap<>();
    List<SystemDescription> systems = new ArrayList<>();
    for (Resource file : files) {
      SystemDescription system = bind(file);
      checkSurroundings(system, file);
      Resource other = found.put(system.name(), file);
      if (other != null) {
        throw refusal(
            file, "there is another system %s, in %s.".formatted(system.name(), other.getURL()));
      }
      systems.add(system);
    }
    systems.sort(
        Comparator.comparingInt(SystemDescription::order).thenComparing(SystemDescription::name));
    return List.copyOf(systems);
  }

  /** Checks what a description says about the folder that it is in. */
  private static void checkSurroundings(SystemDescription system, Resource file)
      throws IOException {
    if (!file.getURL().getPath().endsWith(folder(system.name()) + "/" + FILE)) {
      throw refusal(file, "the folder is not named like the system, %s.".formatted(system.name()));
    }
    for (String point : system.crashPoints()) {
      String script = SystemDescription.crashScriptPath(point);
      if (!file.createRelative(script).exists()) {
        throw refusal(
            file, "the crash point %s has no script %s beside this file.".formatted(point, script));
      }
    }
  }

  private static SystemDescription bind(Resource file) throws IOException {
    try {
      var sources = new MutablePropertySources();
      new YamlPropertySourceLoader().load(FILE, file).forEach(sources::addLast);
      return new Binder(ConfigurationPropertySources.from(sources))
          .bind(
              "",
              Bindable.of(SystemDescription.class),
              new NoUnboundElementsBindHandler(
                  BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
          .orElseThrow(() -> refusal(file, "the file is empty."));
    } catch (MarkedYAMLException noYaml) {
      throw refusal(
          file,
          "line %d is no YAML: %s."
              .formatted(noYaml.getProblemMark().getLine() + 1, noYaml.getProblem()));
    } catch (BindException failure) {
      throw refusal(file, reason(failure));
    }
  }

  /** What is wrong, and under which key. */
  private static String reason(BindException failure) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    if (cause instanceof UnboundConfigurationPropertiesException unbound) {
      return unbound.getUnboundProperties().stream()
          .map(property -> property.getName().toString())
          .collect(Collectors.joining(", ", "there is no such key: ", "."));
    }
    return failure.getName().isEmpty()
        ? cause.getMessage()
        : failure.getName() + ": " + cause.getMessage();
  }

  private static StackException refusal(Resource file, String reason) {
    try {
      return new StackException(file.getURL() + ": " + reason);
    } catch (IOException unnamed) {
      throw new UncheckedIOException(unnamed);
    }
  }

  private static String names(Collection<SystemDescription> systems) {
    return systems.stream().map(SystemDescription::name).collect(Collectors.joining(", "));
  }
}
