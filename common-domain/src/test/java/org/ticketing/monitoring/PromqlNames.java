package org.ticketing.monitoring;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Finds the names of metrics in an expression of PromQL: the identifiers that are neither functions
 * nor keywords, outside of strings, selectors, ranges, and lists of labels.
 */
final class PromqlNames {

  private static final Set<String> BEFORE_LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "bool",
          "offset",
          "sum",
          "min",
          "max",
          "avg",
          "group",
          "count",
          "topk",
          "bottomk",
          "quantile",
          "stddev",
          "stdvar",
          "count_values",
          "inf",
          "nan");

  private final String expression;
  private final Set<String> names = new LinkedHashSet<>();
  private int position;

  private PromqlNames(String expression) {
    this.expression = expression;
  }

  static Set<String> in(String expression) {
    return new PromqlNames(expression).find();
  }

  private Set<String> find() {
    while (position < expression.length()) {
      char here = expression.charAt(position);
      if (here == '{') {
        skipTo('}');
      } else if (here == '[') {
        skipTo(']');
      } else if (Character.isDigit(here)) {
        read(Character::isLetterOrDigit);
      } else if (isOfAName(here)) {
        identifier(read(PromqlNames::isOfAName));
      } else {
        position++;
      }
    }
    return names;
  }

  private void identifier(String word) {
    read(Character::isWhitespace);
    boolean parenthesis = position < expression.length() && expression.charAt(position) == '(';
    if (BEFORE_LABELS.contains(word) && parenthesis) {
      skipTo(')');
    } else if (!parenthesis && !KEYWORDS.contains(word)) {
      names.add(word);
    }
  }

  private String read(IntPredicate part) {
    int begin = position;
    while (position < expression.length() && part.test(expression.charAt(position))) {
      position++;
    }
    return expression.substring(begin, position);
  }

  /** Strings in between may contain what is looked for. */
  private void skipTo(char end) {
    position++;
    while (expression.charAt(position) != end) {
      if (expression.charAt(position) == '"') {
        position = expression.indexOf('"', position + 1);
      }
      position++;
    }
    position++;
  }

  private static boolean isOfAName(int character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == ':';
  }
}
