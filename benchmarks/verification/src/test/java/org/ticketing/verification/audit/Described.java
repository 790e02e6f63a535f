package org.ticketing.verification.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.SystemDescription.ProcessDescription;

/** Descriptions of systems that nobody starts. */
final class Described {

  static final SystemDescription IN_ONE_PROCESS =
      system(
          "whole",
          List.of(
              new ProcessDescription(
                  "whole", "postgresql", SystemDescription.SERVICES, null, null)),
          List.of());

  static final SystemDescription SPLIT =
      system(
          "split",
          List.of(
              new ProcessDescription(
                  "payment", "postgresql", List.of("payment", "reservation"), null, null),
              new ProcessDescription("point", "mysql", List.of("point"), null, null),
              new ProcessDescription(
                  "shop",
                  "postgresql",
                  List.of("user", "concert", "queue", "seat", "partner"),
                  "common-domain",
                  "org.ticketing.shop.ShopApplication")),
          List.of(
              new InDoubtQuery(
                  "point branches prepared", "point", "XA RECOVER", "data", "${coordinator}")));

  private Described() {}

  private static SystemDescription system(
      String name, List<ProcessDescription> processes, List<InDoubtQuery> inDoubt) {
    return new SystemDescription(
        name,
        "for a test",
        0,
        "nowhere",
        "org.ticketing.Nowhere",
        processes,
        List.of(),
        Map.of(),
        Map.of(),
        true,
        false,
        false,
        false,
        Duration.ZERO,
        null,
        inDoubt,
        List.of(),
        List.of());
  }
}
