package org.ticketing.stack.system;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.util.PropertyPlaceholderHelper;
import org.ticketing.stack.process.StackException;

/** Stand, in a system's description, for values that only the running stack knows. */
final class Placeholders {

  /** A folder of the process's own, which survives its restarts. */
  static final String DATA = "data";

  /**
   * A name of the process's own, the same after a restart, unlike that of any other process of any
   * run.
   */
  static final String COORDINATOR = "coordinator";

  /**
   * A name that all processes of the system share, the same after the restart of one, unlike that
   * of any other start of any system.
   */
  static final String SYSTEM = "system";

  /** The root of the HTTP API of the instance itself, as the payment process reaches it. */
  static final String URL = "url";

  private static final PropertyPlaceholderHelper HELPER = new PropertyPlaceholderHelper("${", "}");

  private Placeholders() {}

  /** The host and port of a server. */
  static String addressOf(String server) {
    return server + ".address";
  }

  /** All that have a value in a system that needs these servers. */
  static Set<String> of(Collection<String> servers) {
    Set<String> all = new TreeSet<>(Set.of(DATA, COORDINATOR, SYSTEM, URL));
    servers.stream().map(Placeholders::addressOf).forEach(all::add);
    return all;
  }

  /**
   * Checks that a text contains no other placeholders than these.
   *
   * @throws StackException if it does
   */
  static void check(String text, Set<String> known) {
    HELPER.replacePlaceholders(
        text,
        placeholder -> {
          if (!known.contains(placeholder)) {
            throw new StackException(
                "There is no value for ${%s}; there are: %s."
                    .formatted(placeholder, String.join(", ", new TreeSet<>(known))));
          }
          return "";
        });
  }

  /**
   * Replaces all placeholders in a text.
   *
   * @throws StackException if one of them has no value here
   */
  static String replace(String text, Map<String, String> values) {
    check(text, values.keySet());
    return HELPER.replacePlaceholders(text, values::get);
  }
}
