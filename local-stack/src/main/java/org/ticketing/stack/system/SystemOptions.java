package org.ticketing.stack.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a system is started.
 *
 * @param properties given to each of its processes in addition to its own
 * @param debugged the names of its processes that a debugger can attach to, each at its {@link
 *     org.ticketing.stack.process.StackProcess#debugPort}. Whoever reaches that port can run code
 *     in the process
 * @param detours where its processes reach each other and their servers
 */
public record SystemOptions(Map<String, String> properties, Set<String> debugged, Detours detours) {

  /** As its description says, without anything in addition. */
  public static final SystemOptions NONE = new SystemOptions(Map.of(), Set.of(), Detours.NONE);

  public SystemOptions {
    properties = new LinkedHashMap<>(properties);
    debugged = Set.copyOf(debugged);
  }

  public SystemOptions withProperties(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.putAll(more);
    return new SystemOptions(all, debugged, detours);
  }

  public SystemOptions withDebugged(Set<String> processes) {
    return new SystemOptions(properties, processes, detours);
  }

  public SystemOptions withDetours(Detours others) {
    return new SystemOptions(properties, debugged, others);
  }
}
