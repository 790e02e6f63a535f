package org.ticketing.stack.run;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.byteman.agent.Main;
import org.ticketing.stack.process.Ports;
import org.ticketing.stack.process.StackException;

/** Byteman's agents in child JVMs, which change classes by rules while they are loaded or run. */
public final class RuleAgents {

  private final Optional<Ports> free;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  /**
   * @param free where the ports come from at which JVMs accept rules while they run; if empty, they
   *     accept none
   */
  RuleAgents(Optional<Ports> free) {
    this.free = free;
  }

  boolean acceptRules() {
    return free.isPresent();
  }

  /** The options of a JVM that is to get the agent while it runs: it does not warn of it. */
  public List<String> invitation() {
    return acceptRules() ? List.of("-XX:+EnableDynamicAgentLoading") : List.of();
  }

  /**
   * Loads the agent into the running JVM of that name. It is not given at the start, because then
   * the JVM would start without a cache.
   */
  void attach(String name, long pid) {
    try {
      VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
      try {
        jvm.loadAgent(jar(), "listener:true" + address(name));
      } finally {
        jvm.detach();
        // A JVM that is killed would leave this file; one that is asked again makes another.
        Files.deleteIfExists(Path.of("/tmp/.java_pid" + pid));
      }
    } catch (IOException
        | AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException failure) {
      throw new StackException(
          "%s accepts no rules: %s".formatted(name, failure.getMessage()), failure);
    }
  }

  /** Chooses the port at which the JVM of that name will accept rules; none if JVMs accept none. */
  OptionalInt openPortOf(String name) {
    if (acceptRules()) {
      address(name);
    }
    return portOf(name);
  }

  /** The options of the JVM of that name with which it starts with the rules of scripts. */
  public List<String> options(String name, List<Path> scripts) {
    String rules =
        scripts.stream().map(script -> "script:" + script).collect(Collectors.joining(","));
    return List.of(agent(acceptRules() ? rules + ",listener:true" + address(name) : rules));
  }

  /** The port at which the JVM of that name accepts rules; none if it accepts none. */
  OptionalInt portOf(String name) {
    Integer port = ports.get(name);
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private String address(String name) {
    int port = ports.computeIfAbsent(name, absent -> free.orElseThrow().any());
    return ",address:127.0.0.1,port:" + port;
  }

  private String agent(String options) {
    return "-javaagent:%s=%s".formatted(jar(), options);
  }

  /** The jar of Byteman, which is on the class path of this JVM. */
  private static String jar() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
