package org.ticketing.experiments.crash;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;
import org.ticketing.stack.process.StackProcess;

/** The rules of a crash point in a running process, from their installation to their removal. */
final class InstalledRules implements Closeable {

  private final StackProcess process;
  private final long pid;
  private final Submit agent;
  private final List<ScriptText> script;
  private final ServerSocket moments;
  private final long logged;
  private Socket moment;

  private InstalledRules(StackProcess process, CrashPoint point) throws IOException {
    this.process = process;
    this.pid = process.pid();
    this.agent = new Submit("127.0.0.1", process.rulePort());
    this.script = List.of(new ScriptText(point.name(), point.rules()));
    this.logged = Files.size(process.log());
    this.moments = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /**
   * Installs the rules of a point.
   *
   * @param jar the helper of the rules, from {@link #helper}
   * @throws CrashException if the process does not accept the rules
   */
  static InstalledRules install(CrashPoint point, StackProcess process, Path jar)
      throws IOException {
    InstalledRules rules = new InstalledRules(process, point);
    try {
      rules.install(jar);
      return rules;
    } catch (Exception refused) {
      rules.close();
      throw new CrashException(
          "%s does not accept the rules of %s: %s"
              .formatted(process.name(), point.name(), refused.getMessage()));
    }
  }

  /** Packs {@link Moment}, the helper of the rules, in a jar that an agent can load. */
  static Path helper(Path folder) throws IOException {
    return PackedClasses.in(
        folder.resolve("moment.jar"),
        new Attributes(),
        List.of("Moment.class", "Moment$Once.class"));
  }

  private void install(Path jar) throws Exception {
    if (agent.getLoadedSystemClassloaderJars().isEmpty()) {
      agent.addJarsToSystemClassloader(List.of(jar.toString()));
    }
    Properties port = new Properties();
    port.setProperty(Moment.PORT, String.valueOf(moments.getLocalPort()));
    agent.setSystemProperties(port);
    agent.addScripts(script);
  }

  /** Whether the point is reached in this time. The first thread that reaches it waits there. */
  boolean awaitReached(Duration patience) throws IOException {
    moments.setSoTimeout(Math.toIntExact(patience.toMillis()));
    try {
      moment = moments.accept();
      return true;
    } catch (SocketTimeoutException notReached) {
      return false;
    }
  }

  /** Lets the thread at the point go on; without one, or a second time, it does nothing. */
  void release() throws IOException {
    if (moment != null) {
      moment.close();
    }
  }

  /** Removes the rules, unless their process has ended. */
  @Override
  public void close() throws IOException {
    release();
    moments.close();
    if (process.isAlive() && process.pid() == pid) {
      try {
        agent.deleteScripts(script);
      } catch (Exception goneMeanwhile) {
        // The rules ended with their process.
      }
    }
  }

  /**
   * What the process has printed about a wrong rule, if anything. There is no other sign of one.
   */
  Optional<String> complaint() throws IOException {
    try (InputStream log = Files.newInputStream(process.log())) {
      log.skipNBytes(logged);
      return new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> line.contains("org.jboss.byteman.rule.exception"))
          .findFirst();
    }
  }
}
