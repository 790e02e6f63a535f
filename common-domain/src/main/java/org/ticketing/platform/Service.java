package org.ticketing.platform;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The services of the system. Each lives in the package of its name and owns the tables its
 * migrations create. A process hosts those named in {@code ticketing.services} and reaches the
 * others over HTTP.
 */
public enum Service {
  USER,
  CONCERT,
  QUEUE,
  SEAT,
  RESERVATION,
  POINT,
  PAYMENT,
  PARTNER;

  /** The property that names the services a process hosts, separated by commas. */
  public static final String HOSTED = "ticketing.services";

  /** The name used in configuration, package names, schemas and HTTP client groups. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a caller has that acts in the name of this service. */
  GrantedAuthority authority() {
    return new SimpleGrantedAuthority("SERVICE_" + name());
  }

  String packageName() {
    return "org.ticketing." + id();
  }

  static Service of(String id) {
    return Arrays.stream(values())
        .filter(service -> service.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: there is no service '%s'; choose from %s"
                        .formatted(HOSTED, id, ids(EnumSet.allOf(Service.class)))));
  }

  static Set<Service> hosted(Environment environment) {
    String[] ids = environment.getProperty(HOSTED, String[].class, new String[0]);
    if (ids.length == 0) {
      throw new IllegalArgumentException(
          "%s is not set; name one or more of %s"
              .formatted(HOSTED, ids(EnumSet.allOf(Service.class))));
    }
    return Arrays.stream(ids)
        .map(String::strip)
        .map(Service::of)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Service.class)));
  }

  private static String ids(Set<Service> services) {
    return services.stream().map(Service::id).collect(Collectors.joining(", "));
  }
}
