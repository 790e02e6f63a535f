package org.ticketing.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void textsAreAlignedLeftAndFiguresRight() {
    TextTable table = new TextTable(1, List.of("system", "payments", "x"));
    table.add(List.of("xa", "12", "1.0"));
    table.add(List.of("uncoordinated", "3", ""));

    assertThat(table.toString().lines())
        .containsExactly(
            "system         payments    x",
            "xa                   12  1.0",
            "uncoordinated         3");
  }
}
