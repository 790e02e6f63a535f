package org.ticketing.experiments.compose;

import java.util.List;
import java.util.Map;

/**
 * How far a deployment goes beyond one container of each service.
 *
 * @param name in the name of its Compose project
 * @param scale how many containers services have of which there is not one
 * @param files Compose files beside the first, in the folder {@code docker}
 */
record Extent(String name, Map<String, Integer> scale, List<String> files) {

  static final Extent ONE_OF_EACH = new Extent("plain", Map.of(), List.of());

  static final Extent TWO_PARTICIPANTS_OF_EACH =
      new Extent("scaled", Map.of("point", 2, "reservation", 2, "payment", 2), List.of());

  static final Extent THREE_COORDINATORS =
      new Extent("cluster", Map.of(), List.of("compose.ha.yaml"));
}
