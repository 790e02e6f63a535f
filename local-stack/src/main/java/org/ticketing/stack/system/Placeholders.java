package org.ticketing.stack.system;

import java.util.Map;
import org.springframework.util.PropertyPlaceholderHelper;
import org.ticketing.stack.process.StackException;

/**
 * Values of the stack in a system's properties:
 *
 * <ul>
 *   <li>{@code ${data}}: a folder of the process's own, which survives its restarts
 *   <li>{@code ${coordinator}}: a name of the process's own as a coordinator, the same after a
 *       restart, unlike that of any other process of any run
 *   <li>{@code ${<server>.address}}: host and port of one of the system's servers
 * </ul>
 */
final class Placeholders {

  private static final PropertyPlaceholderHelper HELPER = new PropertyPlaceholderHelper("${", "}");

  private Placeholders() {}

  /**
   * Replaces all placeholders in a text.
   *
   * @throws StackException if one of them has no value here
   */
  static String replace(String text, Map<String, String> values) {
    return HELPER.replacePlaceholders(
        text,
        placeholder -> {
          String value = values.get(placeholder);
          if (value == null) {
            throw new StackException(
                "There is no value for ${%s}; there are: %s."
                    .formatted(
                        placeholder,
                        String.join(", ", values.keySet().stream().sorted().toList())));
          }
          return value;
        });
  }
}
