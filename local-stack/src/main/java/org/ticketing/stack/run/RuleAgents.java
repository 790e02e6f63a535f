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
import org.jboss.byteman.agent.Main;
import org.ticketing.stack.process.Ports;
import org.ticketing.stack.process.StackException;

/** Byteman's agent in child JVMs: applies rules to classes from outside, without touching them. */
public final class RuleAgents {

  private final Optional<Ports> free;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  /**
   * @param free where each JVM gets a port from, on which it accepts rules while it runs; without
   *     it they accept none
   */
  RuleAgents(Optional<Ports> free) {
    this.free = free;
  }

  boolean acceptRules() {
    return free.isPresent();
  }

  /** Tells a JVM that an agent will come, so that it does not warn of it. */
  public List<String> invitation() {
    return acceptRules() ? List.of("-XX:+EnableDynamicAgentLoading") : List.of();
  }

  /**
   * Brings the agent into the running JVM of that name: given at its start, it would make the JVM
   * start without a cache.
   */
  void attach(String name, long pid) {
    try {
      VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
      try {
        jvm.loadAgent(jar(), "listener:true" + address(name));
      } finally {
        jvm.detach();
        // A JVM that is killed would leave it behind; one that is asked again makes another.
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

  /** The port for the JVM of that name to accept rules on; none where JVMs accept none. */
  OptionalInt openPortOf(String name) {
    if (acceptRules()) {
      address(name);
    }
    return portOf(name);
  }

  /** Of the JVM of that name, which starts with the rules of a script. */
  public List<String> options(String name, Path script) {
    String rules = "script:" + script;
    return List.of(agent(acceptRules() ? rules + ",listener:true" + address(name) : rules));
  }

  /** None for what is no JVM, or accepts no rules. */
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
