package org.ticketing.experiments.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, and where.
 *
 * @param versions of the libraries that make the difference, by name
 * @param changes how the libraries and servers ran that this project changes, by name
 * @param durability what each server answered when it was asked whether commits survive a crash
 */
public record Environment(
    Project project,
    Machine machine,
    Map<String, String> versions,
    Map<String, Changes> changes,
    Map<String, Map<String, String>> durability) {

  /**
   * That of two parts of one result, on the machine of the first. Not both have all servers and
   * libraries; what both have must have run in the same way.
   *
   * @throws IllegalArgumentException it has not, or the parts are of different sources
   */
  public Environment with(Environment other) {
    if (!project.equals(other.project)) {
      throw new IllegalArgumentException("its parts are of different sources");
    }
    return new Environment(
        project,
        machine,
        union(versions, other.versions),
        union(changes, other.changes),
        union(durability, other.durability));
  }

  private static <T> Map<String, T> union(Map<String, T> one, Map<String, T> other) {
    Map<String, T> union = new TreeMap<>(one);
    other.forEach(
        (name, value) -> {
          if (!value.equals(union.computeIfAbsent(name, absent -> value))) {
            throw new IllegalArgumentException(name + " ran differently in its parts");
          }
        });
    return union;
  }
}
