package org.ticketing.experiments.chart;

/**
 * What a chart is about.
 *
 * @param question that it answers
 * @param panel what tells it from the other charts that answer the same question
 * @param range what is drawn as a range, in a sentence
 * @param command that measures it again
 */
public record Caption(String question, String panel, String range, String command) {

  /** The same question, answered by another chart. */
  public Caption of(String otherPanel) {
    return new Caption(question, otherPanel, range, command);
  }
}
