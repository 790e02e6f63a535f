package org.ticketing.stack.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that outlives this process, and ends what this process leaves running however it dies. It
 * reads which processes there are from its standard input, and acts when that input ends.
 */
final class Watchdog implements AutoCloseable {

  private static final String SCRIPT = "watchdog.sh";

  private final Process shell;
  private final Writer input;

  /**
   * Starts it.
   *
   * @param folder for its script
   */
  Watchdog(Path folder) throws IOException {
    Path script = folder.resolve(SCRIPT);
    try (var content = Watchdog.class.getResourceAsStream(SCRIPT)) {
      Files.copy(content, script);
    }
    List<String> command = new ArrayList<>(Programs.OWN_SESSION);
    command.addAll(List.of("/bin/sh", script.toString()));
    shell =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    input = shell.outputWriter(StandardCharsets.UTF_8);
  }

  /** From now on, the other process is sent the signal if this one dies. */
  void guard(long pid, String signal) throws IOException {
    tell("+" + signal + ":" + pid);
  }

  /** Forgets a process that is gone, whose id may soon be that of another. */
  void release(long pid) throws IOException {
    tell("-" + pid);
  }

  /** From now on, the command is run if this process dies. */
  void guard(String command) throws IOException {
    tell("!" + command);
  }

  /** Forgets the commands, because what they remove is gone. Does nothing if the shell is gone. */
  void releaseCommands() {
    try {
      tell("!");
    } catch (IOException e) {
      // It has run them, or was closed before.
    }
  }

  private synchronized void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** Ends whatever is still guarded. Returns when the shell is gone. */
  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      // The shell is gone already.
    }
    ProcessEnd.await(shell);
  }
}
