package org.ticketing.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ticketing.platform.Service;
import org.ticketing.testing.MetricsPage;
import tools.jackson.databind.JsonNode;

/** What can be said of rules and dashboards without Prometheus and Grafana. */
class MonitoringTest {

  /** What Prometheus knows by itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

  @Test
  void everyMetricOfRulesAndDashboardsIsDocumented() {
    MetricsPage page = new MetricsPage();
    Set<String> recorded =
        MonitoringFiles.rules().stream()
            .filter(rule -> rule.has("record"))
            .map(rule -> rule.get("record").asString())
            .collect(Collectors.toSet());
    Stream<String> ofRules = MonitoringFiles.rules().stream().map(rule -> text(rule, "expr"));
    Stream<String> ofDashboards =
        MonitoringFiles.dashboards().values().stream()
            .flatMap(dashboard -> MonitoringFiles.expressions(dashboard).stream());

    assertThat(Stream.concat(ofRules, ofDashboards).flatMap(each -> PromqlNames.in(each).stream()))
        .hasSizeGreaterThan(20)
        .filteredOn(name -> !recorded.contains(name) && !OF_PROMETHEUS.contains(name))
        .allMatch(page::lists);
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatToDo() {
    String runbook = MonitoringFiles.text(MonitoringFiles.FOLDER.resolve("README.md"));

    assertThat(MonitoringFiles.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              String name = text(alert, "alert");
              JsonNode annotations = alert.get("annotations");
              assertThat(text(alert.get("labels"), "severity")).isIn("critical", "warning");
              assertThat(text(alert, "for")).matches("\\d+m");
              assertThat(text(annotations, "summary")).isNotBlank();
              assertThat(text(annotations, "description")).isNotBlank();
              assertThat(text(annotations, "runbook"))
                  .isEqualTo("docker/monitoring/README.md#" + name.toLowerCase(Locale.ROOT));
              assertThat(runbook.lines()).contains("### " + name);
            });
  }

  @Test
  void alertsAboutTransactionsLeadToThePageThatSteersThem() {
    assertThat(MonitoringFiles.alerts())
        .filteredOn(alert -> alert.get("annotations").has("transactions"))
        .extracting(alert -> text(alert, "alert"), alert -> page(alert.get("annotations")))
        .containsExactly(
            tuple("TicketingInDoubtTooLong", "in-doubt"),
            tuple("TicketingOrphanedBranch", "in-doubt"),
            tuple("TicketingCompensationFailing", "in-doubt"),
            tuple("TicketingPaymentsFailing", "failed"));
  }

  private static String page(JsonNode annotations) {
    String address = text(annotations, "transactions");
    String begin = "http://127.0.0.1:8190/transactions?show=";
    assertThat(address).startsWith(begin);
    return address.substring(begin.length());
  }

  @Test
  void everyAlertFiresInOneTestAndIsSilentInAnother() {
    List<String> fire = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (JsonNode test : MonitoringFiles.yaml("rules/ticketing.test.yml").get("tests")) {
      for (JsonNode alert : test.get("alert_rule_test")) {
        (alert.get("exp_alerts").isEmpty() ? silent : fire).add(text(alert, "alertname"));
      }
    }
    List<String> alerts =
        MonitoringFiles.alerts().stream().map(alert -> text(alert, "alert")).toList();

    assertThat(fire).containsExactlyElementsOf(alerts);
    assertThat(silent).containsExactlyElementsOf(alerts);
  }

  @Test
  void everyServiceIsScraped() {
    List<String> services =
        Stream.concat(Stream.of(Service.values()).map(Service::id), Stream.of("monolith")).toList();
    JsonNode job = MonitoringFiles.yaml("prometheus.yml").get("scrape_configs").get(0);
    List<String> scraped = new ArrayList<>();
    job.get("dns_sd_configs").get(0).get("names").forEach(name -> scraped.add(name.asString()));

    assertThat(scraped).containsExactlyInAnyOrderElementsOf(services);
    assertThat(text(job, "job_name")).isEqualTo("ticketing");
  }

  @Test
  void everyDashboardAndPanelIsToldFromTheOthers() {
    Map<String, JsonNode> dashboards = MonitoringFiles.dashboards();
    Set<String> uids = new HashSet<>();

    assertThat(dashboards).containsOnlyKeys("in-doubt.json", "payments.json", "services.json");
    dashboards.forEach(
        (file, dashboard) -> {
          assertThat(uids.add(text(dashboard, "uid"))).as(file).isTrue();
          Set<Integer> ids = new HashSet<>();
          Set<String> places = new HashSet<>();
          for (JsonNode panel : dashboard.get("panels")) {
            String title = text(panel, "title");
            assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
            assertThat(places.add(panel.get("gridPos").toString())).as(title).isTrue();
          }
        });
  }

  /** So that a dashboard can be shown by a Grafana whose Prometheus has another name. */
  @Test
  void everyPanelAsksTheSourceOfDataThatIsChosen() {
    MonitoringFiles.dashboards()
        .values()
        .forEach(
            dashboard -> {
              JsonNode variable = dashboard.get("templating").get("list").get(0);
              assertThat(text(variable, "type")).isEqualTo("datasource");
              assertThat(text(variable, "query")).isEqualTo("prometheus");
              for (JsonNode panel : dashboard.get("panels")) {
                assertThat(text(panel.get("datasource"), "uid"))
                    .isEqualTo("${" + text(variable, "name") + "}");
              }
            });
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }
}
