package org.ticketing.experiments.report;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ticketing.stack.server.Patches;

/**
 * How a library or server ran that this project changes.
 *
 * @param asShipped whether it ran without the changes
 * @param patches rules that a server was started with; null if there were none
 * @param settings the values of those that make a library run as shipped or changed, by name
 */
public record Changes(boolean asShipped, Patches patches, Map<String, String> settings) {

  /** Says what ran as shipped; empty if nothing did. */
  public static Optional<String> sentence(Map<String, Changes> changes) {
    String names =
        changes.entrySet().stream()
            .filter(one -> one.getValue().asShipped())
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("As shipped, without what this project changes of them: " + names + ".");
  }
}
