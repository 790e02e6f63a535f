package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ticketing.stack.StackOptions;

/**
 * The table of settings in docker/README.md is made of what describes and sets them. With {@code
 * -Dticketing.rewrite} this test writes it anew.
 */
class ContainerSettingsTest {

  private static final Path HOME = Path.of(System.getProperty(StackOptions.HOME_PROPERTY));
  private static final Path PAGE = HOME.resolve("docker/README.md");

  private static final String BEGIN = "<!-- made by ContainerSettingsTest -->\n";
  private static final String END = "<!-- end of what it makes -->\n";

  /** In code, and in what sets them. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(ticketing\\.[a-z.-]+)[:}]");

  private final ContainerSettings settings = new ContainerSettings(HOME);

  @Test
  void theTableIsThatOfTheSettings() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).isGreaterThan(begin);
    if (System.getProperty("ticketing.rewrite") != null) {
      Files.writeString(PAGE, page.substring(0, begin) + settings.table() + page.substring(end));
      page = Files.readString(PAGE);
    }

    assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
        .as("run: mvn test -pl benchmarks/cli -am -Dtest=ContainerSettingsTest -Dticketing.rewrite")
        .isEqualTo(settings.table());
  }

  @Test
  void everySettingHasAMeaning() {
    assertThat(settings.all())
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(setting.meaning()).as(setting.name()).isNotBlank());
  }

  @Test
  void everyPropertyThatIsReadIsDescribed() throws IOException {
    TreeSet<String> read = new TreeSet<>();
    for (Path sources : settings.modulesWith("src/main")) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(ContainerSettingsTest::isRead).toList()) {
          PLACEHOLDER
              .matcher(Files.readString(file))
              .results()
              .forEach(found -> read.add(found.group(1)));
        }
      }
    }

    assertThat(read).contains("ticketing.queue.enforced", "ticketing.timeouts.answer");
    assertThat(settings.all().stream().map(ContainerSettings.Setting::name)).containsAll(read);
  }

  @Test
  void whatContainersGetAsAFileIsNoVariable() {
    String table = settings.table();

    assertThat(settings.files())
        .containsKeys(
            "spring.datasource.password",
            "ticketing.security.scrape-token",
            "ticketing.security.service-token-public-keys")
        .allSatisfy(
            (name, file) -> {
              assertThat(table).contains("the file `" + file + "`");
              assertThat(table).doesNotContain(ContainerSettings.variable(name));
            });
  }

  private static boolean isRead(Path file) {
    String name = file.toString();
    return name.endsWith(".java") || name.endsWith(".properties") || name.endsWith(".yml");
  }
}
