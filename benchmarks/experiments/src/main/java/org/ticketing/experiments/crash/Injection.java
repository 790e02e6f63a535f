package org.ticketing.experiments.crash;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;
import org.ticketing.stack.process.StackProcess;

/** A crash point's rules in a running process, from their installation to their removal. */
final class Injection implements Closeable {

  private final StackProcess process;
  private final long pid;
  private final Submit agent;
  private final List<ScriptText> script;
  private final ServerSocket moments;
  private final long logged;
  private Socket moment;

  private Injection(StackProcess process, CrashPoint point) throws IOException {
    this.process = process;
    this.pid = process.pid();
    this.agent = new Submit("127.0.0.1", process.rulePort());
    this.script = List.of(new ScriptText(point.name(), point.rules()));
    this.logged = Files.size(process.log());
    this.moments = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /**
   * @param jar with {@link Moment}, made by {@link #helper}
   * @throws CrashException the process does not accept the rules
   */
  static Injection install(CrashPoint point, StackProcess process, Path jar) throws IOException {
    Injection injection = new Injection(process, point);
    try {
      injection.install(jar);
      return injection;
    } catch (Exception refused) {
      injection.close();
      throw new CrashException(
          "%s does not accept the rules of %s: %s"
              .formatted(process.name(), point.name(), refused.getMessage()));
    }
  }

  /** Packs the helper of the rules, so that an agent can load it. */
  static Path helper(Path folder) throws IOException {
    Path jar = folder.resolve("moment.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file)) {
      for (String name : List.of("Moment.class", "Moment$Once.class")) {
        packed.putNextEntry(
            new JarEntry(Moment.class.getPackageName().replace('.', '/') + "/" + name));
        try (InputStream code = Moment.class.getResourceAsStream(name)) {
          code.transferTo(packed);
        }
        packed.closeEntry();
      }
    }
    return jar;
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

  /** Whether the point was reached in time. The first thread that reached it now waits there. */
  boolean awaitReached(Duration patience) throws IOException {
    moments.setSoTimeout(Math.toIntExact(patience.toMillis()));
    try {
      moment = moments.accept();
      return true;
    } catch (SocketTimeoutException notReached) {
      return false;
    }
  }

  /** Lets the thread at the point go on. Idempotent. */
  void release() throws IOException {
    if (moment != null) {
      moment.close();
    }
  }

  /** Removes the rules, unless their process is gone. */
  @Override
  public void close() throws IOException {
    release();
    moments.close();
    if (process.isAlive() && process.pid() == pid) {
      try {
        agent.deleteScripts(script);
      } catch (Exception goneMeanwhile) {
        // With the process its rules are gone.
      }
    }
  }

  /** What the process has printed about a rule that is wrong; rules fail silently otherwise. */
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
