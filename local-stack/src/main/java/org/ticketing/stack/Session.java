package org.ticketing.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A terminal's Ctrl-C and hang-up reach the processes of its session: ours get one of their own.
 */
final class Session {

  /** Put before a command; empty where the platform has no setsid (macOS). */
  static final List<String> OWN = onPath("setsid") ? List.of("setsid") : List.of();

  private Session() {}

  static boolean onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
