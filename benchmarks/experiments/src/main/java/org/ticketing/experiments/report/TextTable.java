package org.ticketing.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** A table for a terminal, with columns as wide as their cells: texts left, figures right. */
public final class TextTable {

  private static final int GAP = 2;

  private final int texts;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param texts the number of columns, from the left, that hold text; the others hold figures
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
    int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
    Help.TextTable table =
        Help.TextTable.forColumns(
            Help.defaultColorScheme(Ansi.OFF),
            IntStream.range(0, widths.length)
                .mapToObj(column -> new Column(widths[column] + GAP, 0, Overflow.TRUNCATE))
                .toArray(Column[]::new));
    for (List<String> row : rows) {
      table.addRowValues(
          IntStream.range(0, widths.length)
              .mapToObj(column -> aligned(column, widths[column], row.get(column)))
              .toArray(String[]::new));
    }
    return table.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  /** Columns of picocli are all on the left. */
  private String aligned(int column, int width, String cell) {
    return column < texts ? cell : " ".repeat(width - cell.length()) + cell;
  }
}
