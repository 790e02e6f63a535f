package org.ticketing.experiments.live;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be played.
 *
 * @param rate payments a second, of each system
 * @param seconds how long payments are sent
 * @param refusals percent of the payments whose hold has run out: they are refused after the points
 *     were used
 * @param kill what is killed; null if nothing is
 */
record Order(int rate, int seconds, int refusals, Kill kill) {

  static final int HIGHEST_RATE = 20;
  static final int LONGEST = 60;
  static final int MOST_REFUSALS = 50;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A kill.
   *
   * @param target name of a process or a server
   * @param after seconds after the first payment
   */
  record Kill(String target, int after) {}

  Order {
    require("rate", rate, 1, HIGHEST_RATE);
    require("seconds", seconds, 1, LONGEST);
    require("refusals", refusals, 0, MOST_REFUSALS);
    if (kill != null) {
      require("after", kill.after(), 1, seconds);
    }
  }

  /**
   * Reads an order from the JSON that the page sends: {@code rate}, {@code seconds}, {@code
   * refusals}, {@code kill} (a name; empty for nothing), {@code after}.
   *
   * @throws IllegalArgumentException what is wrong with it, in one line
   */
  static Order parse(String text) {
    JsonNode json = read(text);
    String target = json.path("kill").asString("");
    return new Order(
        number(json, "rate"),
        number(json, "seconds"),
        number(json, "refusals"),
        target.isEmpty() ? null : new Kill(target, number(json, "after")));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("What was sent is no JSON.");
    }
  }

  private static int number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isInt()) {
      throw new IllegalArgumentException(name + " must be a whole number.");
    }
    return value.intValue();
  }

  private static void require(String name, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d.".formatted(name, lowest, highest));
    }
  }

  int payments() {
    return rate * seconds;
  }
}
