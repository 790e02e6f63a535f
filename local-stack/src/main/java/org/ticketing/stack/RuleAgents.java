package org.ticketing.stack;

import java.nio.file.Path;
import java.util.Arrays;
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

  /** Of the JVM of that name, which starts without rules. */
  List<String> options(String name) {
    return acceptRules() ? List.of(agent("listener:true" + address(name))) : List.of();
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
    return Arrays.stream(ClassPath.of(home.resolve("local-stack/seata-server")).split(":"))
        .filter(jar -> Path.of(jar).getFileName().toString().startsWith("byteman-"))
        .findFirst()
        .orElseThrow(() -> new StackException("Byteman is not on the Seata server's class path."));
  }
}
