package org.ticketing.experiments.publication;

import java.util.Map;
import org.ticketing.experiments.report.Changes;
import org.ticketing.stack.system.Systems;

/** Which systems ran with a library or a server as published. */
final class AsShipped {

  private AsShipped() {}

  /**
   * @param changes how the libraries and servers of a run ran, by name
   */
  static boolean of(String system, Map<String, Changes> changes) {
    return Systems.find(system).stream()
        .flatMap(found -> found.changed().stream())
        .anyMatch(name -> changes.containsKey(name) && changes.get(name).asShipped());
  }
}
