package org.ticketing.cli;

import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes records one at a time, as a JSON array or as CSV (RFC 4180) with a line of headings, so
 * that any number of them can be exported.
 */
abstract sealed class Export<T extends Record> implements AutoCloseable {

  /** How records are printed. */
  enum Format {
    TABLE,
    JSON,
    CSV
  }

  private static final JsonMapper JSON = new JsonMapper();

  final PrintWriter out;

  private Export(PrintWriter out) {
    this.out = out;
  }

  /**
   * Begins to write.
   *
   * @param format JSON or CSV
   * @param type whose components are the columns of CSV
   */
  static <T extends Record> Export<T> begin(Format format, Class<T> type, PrintWriter out) {
    return switch (format) {
      case JSON -> new Json<>(out);
      case CSV -> new Csv<>(type, out);
      case TABLE -> throw new IllegalArgumentException("a table is not written line by line");
    };
  }

  abstract void add(T exported);

  /** Ends what is written. */
  @Override
  public abstract void close();

  private static final class Json<T extends Record> extends Export<T> {

    private boolean isEmpty = true;

    Json(PrintWriter out) {
      super(out);
    }

    @Override
    void add(T exported) {
      out.print((isEmpty ? "[\n" : ",\n") + JSON.writeValueAsString(exported));
      isEmpty = false;
    }

    @Override
    public void close() {
      out.print(isEmpty ? "[]\n" : "\n]\n");
      out.flush();
    }
  }

  private static final class Csv<T extends Record> extends Export<T> {

    private final List<RecordComponent> columns;

    Csv(Class<T> type, PrintWriter out) {
      super(out);
      columns = List.of(type.getRecordComponents());
      print(columns.stream().map(RecordComponent::getName));
    }

    @Override
    void add(T exported) {
      print(columns.stream().map(column -> value(column, exported)));
    }

    private static Object value(RecordComponent column, Object exported) {
      try {
        return column.getAccessor().invoke(exported);
      } catch (ReflectiveOperationException notARecord) {
        throw new IllegalStateException(notARecord);
      }
    }

    private void print(Stream<?> cells) {
      // RFC 4180 has CRLF; programs that read lines would take the CR for a part of the last cell.
      out.print(cells.map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
    }

    private static String cell(Object value) {
      if (value == null) {
        return "";
      }
      String text =
          value instanceof Collection<?> several
              ? several.stream().map(String::valueOf).collect(Collectors.joining("; "))
              : value.toString();
      return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
