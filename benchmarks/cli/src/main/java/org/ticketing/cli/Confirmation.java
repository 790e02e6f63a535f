package org.ticketing.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;

/** Asks whether to go on. */
final class Confirmation {

  private static final Set<String> YES = Set.of("y", "yes");

  private final InputStream in;
  private final boolean isTerminal;
  private final PrintWriter out;

  Confirmation(InputStream in, boolean isTerminal, PrintWriter out) {
    this.in = in;
    this.isTerminal = isTerminal;
    this.out = out;
  }

  static Confirmation ofTerminal(PrintWriter out) {
    return new Confirmation(System.in, isInputATerminal(), out);
  }

  /** From JDK 22 on, {@link System#console} is there without a terminal, too. */
  private static boolean isInputATerminal() {
    try {
      return new ProcessBuilder("/bin/sh", "-c", "test -t 0")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noShell) {
      throw new UncheckedIOException(noShell);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether there is somebody to ask. */
  boolean isPossible() {
    return isTerminal;
  }

  /** Whether the answer is yes; the end of the input is a no. */
  boolean ask(String question) {
    out.print(question + " [y/N] ");
    out.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset())).readLine();
      return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
