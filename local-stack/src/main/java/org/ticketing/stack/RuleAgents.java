package org.ticketing.stack;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Byteman's agent in child JVMs: applies rules to classes from outside, without touching them. */
final class RuleAgents {

  private final Path home;
  private final Optional<Ports> free;
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  /**
   * @param free where each JVM gets a port from, on which it accepts rules while it runs; without
   *     it they accept none
   */
  RuleAgents(Path home, Optional<Ports> free) {
    this.home = home;
    this.free = free;
  }

  boolean acceptRules() {
    return free.isPresent();
  }

  /** Tells a JVM that an agent will come, so that it does not warn of it. */
  List<String> invitation() {
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
  List<String> options(String name, Path script) {
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

  /** The Seata server's build names it, because that server never runs without. */
  private String jar() {
    return ClassPath.of(home.resolve("local-stack/seata-server")).entries().stream()
        .filter(jar -> jar.getFileName().toString().startsWith("byteman-"))
        .findFirst()
        .map(Path::toString)
        .orElseThrow(() -> new StackException("Byteman is not on the Seata server's class path."));
  }
}
