package org.ticketing.stack.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that outlives this process and ends what this process left running, however it died. It
 * reads which processes there are from its standard input; the end of that input is the alarm.
 */
public final class Watchdog implements AutoCloseable {

  private final Process shell;
  private final Writer input;

  public Watchdog(Path script) throws IOException {
    List<String> command = new ArrayList<>(Programs.OWN_SESSION);
    command.addAll(List.of("/bin/sh", script.toString()));
    shell =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    input = shell.outputWriter(StandardCharsets.US_ASCII);
  }

  /** From now on, should this process die, the other is sent the signal. */
  void guard(long pid, String signal) throws IOException {
    tell("+" + signal + ":" + pid);
  }

  /** The other process is gone: its pid may soon be somebody else's. */
  void release(long pid) throws IOException {
    tell("-" + pid);
  }

  private synchronized void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** Also ends whatever is still guarded. Returns when the shell is gone. */
  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      // It is gone already.
    }
    ProcessEnd.await(shell);
  }
}
