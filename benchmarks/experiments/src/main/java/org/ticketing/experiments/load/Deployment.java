package org.ticketing.experiments.load;

import java.util.function.UnaryOperator;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;

/**
 * A running system, as who puts load on it sees it.
 *
 * @param system its name; null if it runs elsewhere and nobody said which it is
 * @param target where it runs, as it was given; null if it runs on this machine
 * @param urls the base URL of a service by its name
 * @param visitor its APIs, without a user
 * @param operator its APIs, as an operator, who may plan concerts
 */
public record Deployment(
    String system,
    String target,
    UnaryOperator<String> urls,
    PublicApis visitor,
    PublicApis operator) {

  /**
   * A deployment that runs elsewhere.
   *
   * @param system the name of the system; null if unknown
   */
  public static Deployment at(
      Target target, String system, String operatorEmail, String operatorPassword) {
    PublicApis visitor = visitor(target.urls());
    return new Deployment(
        system,
        target.given(),
        target.urls(),
        visitor,
        visitor.as(operatorEmail, operatorPassword));
  }

  static Deployment of(TicketingSystem system) {
    PublicApis visitor = visitor(system::url);
    return new Deployment(
        system.name(),
        null,
        system::url,
        visitor,
        visitor.as(SystemKeys.OPERATOR, system.keys().operatorPassword()));
  }

  private static PublicApis visitor(UnaryOperator<String> urls) {
    return PublicApis.at(urls, Connections.ofApis());
  }

  /** What it is called in the history and in tables. */
  String name() {
    return system == null ? "target" : system;
  }
}
