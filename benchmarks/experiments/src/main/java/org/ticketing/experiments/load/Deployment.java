package org.ticketing.experiments.load;

import java.net.URI;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PublicApis;

/**
 * A running system, as who puts load on it sees it.
 *
 * @param name in the history
 * @param urls the base URL of a service by its name
 * @param visitor its APIs, without a user
 * @param operator its APIs, as an operator, who may plan concerts
 */
public record Deployment(
    String name, UnaryOperator<String> urls, PublicApis visitor, PublicApis operator) {

  /** Where a URL has the name of a service. */
  private static final String SERVICE = "{service}";

  /**
   * A deployment that runs elsewhere.
   *
   * @param url of a gateway to all services, or of each service with {@value #SERVICE} for its name
   */
  public static Deployment at(String url, String operatorEmail, String operatorPassword) {
    String base = url.replaceAll("/+$", "");
    return of("target", service -> base.replace(SERVICE, service), operatorEmail, operatorPassword);
  }

  /** Whether a deployment can be there: an HTTP URL, also with {@value #SERVICE} in it. */
  public static boolean isUrl(String url) {
    try {
      URI one = URI.create(url.replace(SERVICE, "service"));
      return Set.of("http", "https").contains(String.valueOf(one.getScheme()))
          && one.getHost() != null;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  static Deployment of(TicketingSystem system) {
    return of(system.name(), system::url, SystemKeys.OPERATOR, system.keys().operatorPassword());
  }

  private static Deployment of(
      String name, UnaryOperator<String> urls, String operatorEmail, String operatorPassword) {
    PublicApis visitor = PublicApis.at(urls, Connections.ofApis());
    return new Deployment(name, urls, visitor, visitor.as(operatorEmail, operatorPassword));
  }
}
