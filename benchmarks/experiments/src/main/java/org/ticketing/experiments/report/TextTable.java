package org.ticketing.experiments.report;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: each column as wide as its widest cell. */
public final class TextTable {

  private final int texts;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param texts how many columns, from the left, are text; the others are figures
   */
  public TextTable(int texts, List<String> headings) {
    this.texts = texts;
    rows.add(headings);
  }

  public void add(List<String> row) {
    rows.add(row);
  }

  /** The rows, each with a line break at its end. */
  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String padding = " ".repeat(widths[column] - cell.length());
        text.append(column == 0 ? "" : "  ");
        text.append(column < texts ? cell + padding : padding + cell);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }
}
