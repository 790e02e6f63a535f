package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.StackOptions;

/**
 * The table of settings in docker/README.md is made of docker/.env and of the defaults of all
 * processes. With {@code -Dticketing.rewrite} this test writes it anew.
 */
class ContainerSettingsTest {

  private static final Path HOME = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  private static final Path PAGE = HOME.resolve("docker/README.md");
  private static final Path COMPOSE = HOME.resolve("docker/.env");
  private static final Path DEFAULTS =
      HOME.resolve("common-domain/src/main/resources/ticketing-defaults.properties");

  private static final String BEGIN = "<!-- made by ContainerSettingsTest -->\n";
  private static final String END = "<!-- end of what it makes -->\n";

  @Test
  void theTableIsThatOfTheSettings() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).isGreaterThan(begin);
    if (System.getProperty("ticketing.rewrite") != null) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
      page = Files.readString(PAGE);
    }

    assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
        .as("run: mvn test -pl benchmarks/cli -am -Dtest=ContainerSettingsTest -Dticketing.rewrite")
        .isEqualTo(table());
  }

  private static String table() throws IOException {
    StringBuilder table = new StringBuilder("\n| variable | default | meaning |\n|---|---|---|\n");
    for (Setting setting : Setting.read(COMPOSE)) {
      table.append(setting.row(setting.name()));
    }
    table.append(
        """

        | variable of a container | default | property, and meaning |
        |---|---|---|
        """);
    for (Setting setting : Setting.read(DEFAULTS)) {
      table.append(setting.withProperty().row(setting.variable()));
    }
    return table.append('\n').toString();
  }

  /**
   * A setting with the comment directly before it, which stands for those that follow without one,
   * too.
   */
  private record Setting(String name, String value, String comment) {

    static List<Setting> read(Path file) throws IOException {
      List<Setting> settings = new ArrayList<>();
      StringBuilder comment = new StringBuilder();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("#")) {
          comment.append(comment.isEmpty() ? "" : " ").append(line.substring(1).strip());
        } else if (line.contains("=")) {
          int sign = line.indexOf('=');
          settings.add(
              new Setting(line.substring(0, sign), line.substring(sign + 1), comment.toString()));
          comment.setLength(0);
        } else {
          comment.setLength(0);
        }
      }
      return settings;
    }

    /** The variable of the environment that sets a property. */
    String variable() {
      return name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
    }

    Setting withProperty() {
      return new Setting(name, value, "`" + name + "`" + (comment.isEmpty() ? "" : ". ") + comment);
    }

    String row(String variable) {
      return "| `%s` |%s|%s|\n"
          .formatted(variable, cell(value.isEmpty() ? "" : "`" + value + "`"), cell(comment));
    }

    private static String cell(String text) {
      return text.isEmpty() ? " " : " " + text.replace("|", "\\|").replace("<", "&lt;") + " ";
    }
  }
}
