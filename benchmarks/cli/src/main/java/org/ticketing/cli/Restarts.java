package org.ticketing.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import org.ticketing.stack.process.StackClosedException;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.TicketingSystem;

/** What a user types while a system runs: one {@code restart <process>} a line. */
final class Restarts {

  /** Reading the terminal would stop a job that runs in the background. */
  private static final String MAY_READ = "! test -t 0 || ps -o stat= -p $PPID | grep -q +";

  private static final String RESTART = "restart";

  private final Map<String, StackProcess> processes;
  private final PrintWriter out;

  Restarts(Map<String, StackProcess> processes, PrintWriter out) {
    this.processes = processes;
    this.out = out;
  }

  /** In the background, until the input or this JVM ends. */
  static void readFrom(InputStream input, TicketingSystem system, PrintWriter out)
      throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder("/bin/sh", "-c", MAY_READ)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (check.waitFor() != 0) {
      return;
    }
    String prefix = system.name() + "-";
    Restarts restarts =
        new Restarts(
            system.processes().stream()
                .collect(
                    Collectors.toMap(
                        process -> process.name().replaceFirst("^" + prefix, ""),
                        process -> process)),
            out);
    Thread reader = new Thread(() -> restarts.read(input), RESTART);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream input) {
    try (var lines = new BufferedReader(new InputStreamReader(input))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          out.println(answer(line.strip()));
          out.flush();
        }
      }
    } catch (StackClosedException | IOException end) {
      // Nothing is restarted any more.
    }
  }

  /** What became of it, in one line. */
  String answer(String line) {
    String[] words = line.split("\\s+");
    if (words.length != 2 || !words[0].equals(RESTART) || !processes.containsKey(words[1])) {
      return "Not understood: %s. Type restart and one of %s."
          .formatted(line, processes.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    StackProcess process = processes.get(words[1]);
    try {
      process.restart();
      return "%s runs again, pid %d".formatted(process.name(), process.pid());
    } catch (StackClosedException end) {
      throw end;
    } catch (StackException failure) {
      return failure.getMessage();
    }
  }
}
