package org.ticketing.experiments.counts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.stack.system.TicketingSystem;

/** Counts the HTTP calls that each process of a system has answered, by its access log. */
public final class AccessLogs {

  private static final String SUFFIX = ".requests";

  /** The part of a path that names one thing, such as an id, has a digit. */
  private static final Pattern NAME = Pattern.compile("(?<=/)[^/]*\\d[^/]*");

  /** What customers ask for themselves. */
  private static final Pattern CUSTOMERS_OWN = Pattern.compile("\\w+ /payments(/.*)?");

  private final Path folder;

  /**
   * @param folder where the logs are written; it exists
   */
  public AccessLogs(Path folder) {
    this.folder = folder;
  }

  /** The properties with which every process of a system writes one. */
  public Map<String, String> properties() {
    return Map.of(
        "server.tomcat.accesslog.enabled", "true",
        "server.tomcat.accesslog.directory", folder.toString(),
        "server.tomcat.accesslog.prefix", "${spring.application.name}",
        "server.tomcat.accesslog.suffix", SUFFIX,
        "server.tomcat.accesslog.rotate", "false",
        "server.tomcat.accesslog.buffered", "false",
        "server.tomcat.accesslog.pattern", "%m %U");
  }

  void read(TicketingSystem system, Reading into) throws IOException {
    for (String process : system.description().processNames()) {
      for (String request : requests(system, process)) {
        into.add(Unit.CALL, process, kind(request), 1);
      }
    }
  }

  /** How many calls the processes have answered to each other. */
  public long calls(TicketingSystem system) throws IOException {
    long calls = 0;
    for (String process : system.description().processNames()) {
      calls +=
          requests(system, process).stream()
              .filter(request -> !CUSTOMERS_OWN.matcher(request).matches())
              .count();
    }
    return calls;
  }

  private List<String> requests(TicketingSystem system, String process) throws IOException {
    Path log = folder.resolve(system.process(process).name() + SUFFIX);
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** The method and the path, without names: {@code GET /users/{}}. */
  static String kind(String request) {
    return NAME.matcher(request).replaceAll("{}");
  }
}
