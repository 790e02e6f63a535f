package org.ticketing.experiments.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootVersion;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.Durability;
import org.ticketing.stack.server.Server;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.Library;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;

/** Finds out where, on what and from which source something is measured. */
public final class Surroundings {

  private Surroundings() {}

  public static Environment environment(
      LocalStack stack, Path home, List<SystemDescription> systems) throws IOException {
    return new Environment(
        project(home),
        machine(stack),
        versions(home, systems),
        changes(stack, systems),
        durability(stack));
  }

  public static Machine machine(LocalStack stack) throws IOException {
    var system = new SystemInfo();
    HardwareAbstractionLayer hardware = system.getHardware();
    return new Machine(
        system.getOperatingSystem().toString(),
        System.getProperty("os.arch"),
        hardware.getProcessor().getProcessorIdentifier().getName(),
        Runtime.getRuntime().availableProcessors(),
        hardware.getMemory().getTotal(),
        Files.getFileStore(stack.directory()).type(),
        stack.jdk().description());
  }

  /**
   * Asks git, and asks it now. Properties that the build writes would name the commit of the last
   * build: after a commit that changes no source, {@code ./ticketing} builds nothing, and would go
   * on calling the work tree modified. What it runs is never older than the source, so that what
   * git says now is what is measured.
   */
  public static Project project(Path home) {
    return git(home, "rev-parse", "HEAD")
        .map(
            commit ->
                new Project(
                    commit, !git(home, "status", "--porcelain").orElse("unknown").isEmpty()))
        .orElseGet(() -> new Project(null, null));
  }

  private static Optional<String> git(Path home, String... arguments) {
    try {
      Process git =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
              .directory(home.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What each server answered when asked whether commits survive a crash. */
  public static Map<String, Map<String, String>> durability(LocalStack stack) {
    return stack.durability().stream()
        .collect(
            Collectors.toMap(
                Durability::server, Durability::settings, (one, other) -> one, LinkedHashMap::new));
  }

  /** Says which servers were used; empty if there were none. */
  public static Optional<String> servers(Map<String, ?> durability) {
    return durability.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The servers were %s."
                .formatted(String.join(", ", new TreeSet<>(durability.keySet()))));
  }

  /** The libraries that make the difference, read off the class paths the systems run with. */
  public static Map<String, String> versions(Path home, List<SystemDescription> systems)
      throws IOException {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Spring Boot", SpringBootVersion.getVersion());
    for (SystemDescription system : systems) {
      for (Library library : system.libraries()) {
        versions.put(library.name(), onClassPath(home, system, library.artifact()));
      }
      versions.put("PostgreSQL driver", onClassPath(home, system, "postgresql"));
      versions.put("MySQL driver", onClassPath(home, system, "mysql-connector-j"));
    }
    return versions;
  }

  /**
   * How the libraries and servers ran that this project changes, by name. A server that the stack
   * does not have is left out.
   */
  public static Map<String, Changes> changes(LocalStack stack, List<SystemDescription> systems) {
    Map<String, Server> servers =
        stack.servers().stream().collect(Collectors.toMap(Server::name, server -> server));
    Map<String, Changes> changes = new TreeMap<>();
    for (SystemDescription system : systems) {
      for (String name : system.changed()) {
        if (servers.containsKey(name) || system.asShipped().containsKey(name)) {
          changes.put(
              name,
              new Changes(
                  stack.asShipped().contains(name),
                  Optional.ofNullable(servers.get(name)).flatMap(Server::patches).orElse(null),
                  settings(system, name, stack.asShipped(), servers.get(name))));
        }
      }
    }
    return changes;
  }

  /**
   * @param server null if a library is changed
   */
  private static Map<String, String> settings(
      SystemDescription system, String changed, Set<String> asShipped, Server server) {
    Map<String, String> settings = new TreeMap<>(system.properties(asShipped));
    settings.keySet().retainAll(system.asShipped().getOrDefault(changed, Map.of()).keySet());
    if (server != null) {
      settings.putAll(server.changedSettings());
    }
    return settings;
  }

  private static String onClassPath(Path home, SystemDescription system, String artifact)
      throws IOException {
    String classPath = Files.readString(home.resolve(system.module()).resolve("target/classpath"));
    Matcher jar =
        Pattern.compile("[/\\\\]" + artifact + "-(\\d[^/\\\\]*?)(-jakarta)?\\.jar")
            .matcher(classPath);
    return jar.find() ? jar.group(1) : "unknown";
  }
}
