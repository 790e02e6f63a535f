package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
final class MarkdownTable {

  private final List<List<String>> rows = new ArrayList<>();

  MarkdownTable(List<String> headings) {
    add(headings);
    add(Collections.nCopies(headings.size(), "---"));
  }

  void add(List<String> cells) {
    rows.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
  }

  boolean isEmpty() {
    return rows.size() == 2;
  }

  /** The rows, without a line break at the end. */
  @Override
  public String toString() {
    return String.join(
        "\n", rows.stream().map(cells -> "| " + String.join(" | ", cells) + " |").toList());
  }
}
