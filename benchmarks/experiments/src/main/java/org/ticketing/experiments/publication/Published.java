package org.ticketing.experiments.publication;

import java.util.List;

/**
 * Figures that others have published.
 *
 * @param by whose they are
 * @param url of the page that has them
 * @param measured what was measured there, and how, in a sentence or two
 */
public record Published(String by, String url, String measured, List<Figure> figures) {

  /**
   * One figure, and which of ours stands beside it.
   *
   * @param what is compared with what
   * @param value as it is published, or derived from it: a ratio, or words
   * @param ours null if we have none that can stand beside it
   */
  public record Figure(String what, String value, Ours ours) {}

  /**
   * The throughput of one of our systems over that of another, in the same rounds.
   *
   * @param to the other system
   */
  public record Ours(String system, String to) {}
}
