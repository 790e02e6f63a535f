package org.ticketing.experiments.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootVersion;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.server.Durability;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.Library;

/** Where, on what and from which source something was measured. */
public final class Surroundings {

  private static final Pattern MODEL_NAME = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

  private Surroundings() {}

  public static Machine machine(LocalStack stack) throws IOException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        Files.getFileStore(stack.directory()).type(),
        stack.jdk().description());
  }

  private static String processor() throws IOException {
    Path description = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(description)) {
      return "unknown";
    }
    Matcher model = MODEL_NAME.matcher(Files.readString(description));
    return model.find() ? model.group(1).strip() : "unknown";
  }

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

  private static String onClassPath(Path home, SystemDescription system, String artifact)
      throws IOException {
    String classPath = Files.readString(home.resolve(system.module()).resolve("target/classpath"));
    Matcher jar =
        Pattern.compile("[/\\\\]" + artifact + "-(\\d[^/\\\\]*?)(-jakarta)?\\.jar")
            .matcher(classPath);
    return jar.find() ? jar.group(1) : "unknown";
  }
}
