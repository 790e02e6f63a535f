package org.ticketing.stack.system;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ticketing.stack.process.StackException;

/**
 * A {@link Rehearsal} with a process that this program starts and ends, for the build of the
 * container image. It needs nothing but this module's jar on its class path.
 */
public final class RehearsalProgram {

  private static final Duration START_DEADLINE = Duration.ofMinutes(5);

  /** Until the process has ended, which writes its cache then. */
  private static final Duration END_DEADLINE = Duration.ofMinutes(5);

  private static final int PAUSE_MILLIS = 200;

  private RehearsalProgram() {}

  /**
   * Starts a process, uses it, and ends it as a container is ended (SIGTERM). The process gets its
   * services and new keys through the environment; the keys end with it.
   *
   * @param arguments the URL where the process will listen, then its command
   * @throws StackException the process did not become ready, answered wrongly, or did not end
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    String url = arguments[0];
    SystemKeys keys = SystemKeys.generate();
    Process process = start(List.of(arguments).subList(1, arguments.length), keys);
    try {
      awaitReady(process, url);
      new Rehearsal(url, keys.operatorPassword()).play();
    } finally {
      process.destroy();
      if (!process.waitFor(END_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new StackException("The process of the rehearsal did not end.");
      }
    }
  }

  private static Process start(List<String> command, SystemKeys keys) throws IOException {
    var process = new ProcessBuilder(command).inheritIO();
    process
        .environment()
        .putAll(
            ServiceLaunch.environment(
                keys.properties(Rehearsal.SERVICES, List.of(SystemDescription.SERVICES))));
    process.environment().put("TICKETING_SERVICES", String.join(",", Rehearsal.SERVICES));
    return process.start();
  }

  private static void awaitReady(Process process, String url) throws InterruptedException {
    Instant deadline = Instant.now().plus(START_DEADLINE);
    while (!isReady(url)) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new StackException("The process of the rehearsal does not become ready.");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean isReady(String url) throws InterruptedException {
    try {
      return Health.isReady(url);
    } catch (IOException notYet) {
      return false;
    }
  }
}
