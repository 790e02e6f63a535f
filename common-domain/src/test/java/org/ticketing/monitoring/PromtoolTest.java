package org.ticketing.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What Prometheus's own checker says of the configuration, the rules, and their tests. */
class PromtoolTest {

  @TempDir private Path folder;

  @BeforeAll
  static void isInstalled() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool"))),
        "promtool is not on the PATH (on Debian: the package prometheus)");
  }

  /** The files that the configuration names are only where it is used. */
  @Test
  void theConfigurationIsValid() throws Exception {
    run("check", "config", "--syntax-only", "prometheus.yml");
  }

  @Test
  void theRulesAreValid() throws Exception {
    run("check", "rules", "rules/ticketing.yml");
  }

  @Test
  void theAlertsFireWhenTheyShouldAndOnlyThen() throws Exception {
    run("test", "rules", "rules/ticketing.test.yml");
  }

  /** There is no check of an expression alone, so each becomes a rule. */
  @Test
  void theExpressionsOfTheDashboardsAreValid() throws Exception {
    List<Map<String, String>> rules = new ArrayList<>();
    MonitoringFiles.dashboards()
        .values()
        .forEach(
            dashboard ->
                MonitoringFiles.expressions(dashboard)
                    .forEach(
                        expression ->
                            rules.add(
                                Map.of("record", "panel:" + rules.size(), "expr", expression))));
    Path file = folder.resolve("panels.yml");
    Files.writeString(
        file,
        new JsonMapper()
            .writeValueAsString(
                Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));

    run("check", "rules", file.toString());
  }

  private static void run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process promtool =
        new ProcessBuilder(command)
            .directory(MonitoringFiles.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
  }
}
