package org.ticketing.experiments.counts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ticketing.experiments.counts.Count.Unit;
import org.ticketing.stack.system.TicketingSystem;

/**
 * Counts the HTTP calls that each process of a system has answered, by its access log.
 *
 * <p>A request for events that was answered with none is left out. It comes of waiting, and not of
 * a payment: the more there is to fetch, the fewer there are, so that what is counted while nobody
 * pays would be too much to take off.
 */
public final class AccessLogs {

  private static final String SUFFIX = ".requests";

  /** The part of a path that names one thing, such as an id, has a digit. */
  private static final Pattern NAME = Pattern.compile("(?<=/)[^/]*\\d[^/]*");

  /** A line: the method, the path, and the length of the answer. */
  private static final Pattern LINE = Pattern.compile("(?<request>\\S+ \\S+) (?<length>\\d+)");

  private static final String POLLS = "/polls";

  /** That of an empty list. */
  private static final long NOTHING = "[]".length();

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
        "server.tomcat.accesslog.pattern", "%m %U %B");
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
    return Files.exists(log) ? requests(Files.readAllLines(log)) : List.of();
  }

  /** The method and the path of each line. */
  static List<String> requests(List<String> lines) {
    return lines.stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .filter(
            line ->
                !line.group("request").endsWith(POLLS)
                    || Long.parseLong(line.group("length")) > NOTHING)
        .map(line -> line.group("request"))
        .toList();
  }

  /** The method and the path, without names: {@code GET /users/{}}. */
  static String kind(String request) {
    return NAME.matcher(request).replaceAll("{}");
  }
}
