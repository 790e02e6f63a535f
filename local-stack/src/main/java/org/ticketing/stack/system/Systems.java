package org.ticketing.stack.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.ticketing.stack.process.StackException;

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

  /** The names of all of them. */
  public static String names() {
    return all().stream().map(SystemDescription::name).collect(Collectors.joining(", "));
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

  /** Where a system's files are on the class path. */
  static String folder(String name) {
    return ROOT + "/" + name;
  }

  private static List<SystemDescription> read() {
    List<SystemDescription> found = new ArrayList<>();
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:%s/*/%s".formatted(ROOT, FILE))) {
        SystemDescription system = read(file);
        if (found.stream().anyMatch(other -> other.name().equals(system.name()))) {
          throw new StackException(file + ": there is another system " + system.name() + ".");
        }
        found.add(system);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    found.sort(
        Comparator.comparingInt(SystemDescription::order).thenComparing(SystemDescription::name));
    return List.copyOf(found);
  }

  /** Reads one description. */
  static SystemDescription read(Resource file) throws IOException {
    var sources = new MutablePropertySources();
    try {
      new YamlPropertySourceLoader().load(FILE, file).forEach(sources::addLast);
      SystemDescription system =
          new Binder(ConfigurationPropertySources.from(sources))
              .bind(
                  "",
                  Bindable.of(SystemDescription.class),
                  new NoUnboundElementsBindHandler(
                      BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
              .get();
      if (!file.getURL().getPath().endsWith(folder(system.name()) + "/" + FILE)) {
        throw new StackException("the folder is not named like the system, " + system.name() + ".");
      }
      return system;
    } catch (BindException | StackException | IllegalStateException failure) {
      throw new StackException(
          "%s: %s"
              .formatted(
                  file.getDescription(),
                  NestedExceptionUtils.getMostSpecificCause(failure).getMessage()),
          failure);
    }
  }
}
