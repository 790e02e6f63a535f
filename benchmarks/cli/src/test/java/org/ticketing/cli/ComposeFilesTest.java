package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.yaml.snakeyaml.Yaml;

/** What docker/compose.yaml promises of every container, read without Docker. */
class ComposeFilesTest {

  private static final Path DOCKER =
      Path.of(System.getProperty(StackOptions.HOME_PROPERTY)).resolve("docker");
  private static final String COMPOSE = "compose.yaml";

  /** Chooses the system, and has ended when the services start. */
  private static final Set<String> CHOICES = Set.of("xa", "tcc", "saga", "choreography");

  /** Its image writes to its root file system. */
  private static final String GRAFANA = "grafana";

  private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|token|private|credential|pwd).*");

  private final Map<String, Map<String, Object>> services = services();

  @Test
  void noContainerHasRights() {
    assertThat(services)
        .allSatisfy(
            (name, service) -> {
              assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
              assertThat(service.get("security_opt"))
                  .as(name)
                  .isEqualTo(List.of("no-new-privileges:true"));
              assertThat(service).as(name).doesNotContainKeys("cap_add", "privileged");
            });
  }

  @Test
  void noContainerWritesToItsRootFileSystem() {
    assertThat(services)
        .allSatisfy(
            (name, service) ->
                assertThat(service.get("read_only")).as(name).isEqualTo(!name.equals(GRAFANA)));
  }

  @Test
  void everyContainerHasLimitsAndIsStartedAgain() {
    assertThat(services)
        .allSatisfy(
            (name, service) -> {
              assertThat(service).as(name).containsKeys("mem_limit", "cpus", "pids_limit");
              assertThat(mapping(service, "logging")).as(name).containsKey("options");
              assertThat(service.get("restart"))
                  .as(name)
                  .isEqualTo(CHOICES.contains(name) ? "no" : "unless-stopped");
            });
  }

  @Test
  void everyContainerThatStaysHasACheckOfItsHealth() throws IOException {
    assertThat(Files.readString(DOCKER.resolve("Dockerfile"))).contains("\nHEALTHCHECK ");
    assertThat(services)
        .allSatisfy(
            (name, service) -> {
              if (!CHOICES.contains(name) && !"ticketing".equals(service.get("image"))) {
                assertThat(mapping(service, "healthcheck")).as(name).containsKey("test");
              }
            });
  }

  @Test
  void portsArePublishedOnLoopbackOnly() {
    assertThat(services.values().stream().flatMap(service -> texts(service, "ports")))
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
  }

  @Test
  void noSecretStandsInTheEnvironment() {
    assertThat(services)
        .allSatisfy(
            (name, service) ->
                environment(service)
                    .forEach(
                        (variable, value) -> {
                          if (SECRET.matcher(variable).matches()) {
                            assertThat(value).as(name + " " + variable).contains("/run/secrets/");
                          }
                        }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xa", "tcc", "saga", "choreography"})
  void aProfileHasEachServiceUnderItsName(String profile) {
    assertThat(ofProfile(profile))
        .containsAll(SystemDescription.SERVICES)
        .contains(profile, "front", "postgres", "mysql", "tracker")
        .doesNotContain("monolith");
    assertThat(ofProfile(profile).contains("seata"))
        .isEqualTo(Set.of("tcc", "saga").contains(profile));
  }

  @Test
  void theMonolithIsOneContainerWithItsDatabaseAndTheTracker() {
    assertThat(ofProfile("monolith")).containsExactlyInAnyOrder("monolith", "postgres", "tracker");
  }

  /** It passes on the rights of others, so there is nothing that it could be robbed of. */
  @Test
  void theTrackerHasNoSecretsAndNoData() {
    assertThat(services.get("tracker")).doesNotContainKeys("secrets", "volumes");
    assertThat(texts(services.get("tracker"), "ports")).containsExactly("127.0.0.1:8190:8080");
  }

  /** The configuration of the image leads the tracker to each service by its name. */
  @Test
  void theMonolithHasTheNamesUnderWhichTheTrackerLooksForServices() {
    assertThat(services.get("monolith").get("networks"))
        .isEqualTo(
            Map.of(
                "default", Map.of("aliases", List.of("user", "payment", "point", "reservation"))));
  }

  /** Otherwise a participant that waits for its coordinator would be waited for by it. */
  @Test
  void noServiceWaitsForTheHealthOfAnother() {
    for (String service : SystemDescription.SERVICES) {
      assertThat(mapping(services.get(service), "depends_on").keySet())
          .as(service)
          .doesNotContainAnyElementsOf(SystemDescription.SERVICES);
    }
  }

  @Test
  void theTargetIsWhereTheFrontDoorsAre() throws IOException {
    Properties target = new Properties();
    try (Reader file = Files.newBufferedReader(DOCKER.resolve("target.properties"))) {
      target.load(file);
    }
    List<String> doors =
        SystemDescription.SERVICES.stream()
            .map(
                service ->
                    target.getProperty(service).replace("http://127.0.0.1:", "")
                        + "="
                        + service
                        + ":8080")
            .toList();

    assertThat(texts(services.get("front"), "command")).containsExactlyInAnyOrderElementsOf(doors);
    assertThat(texts(services.get("front"), "ports"))
        .containsExactlyInAnyOrderElementsOf(
            doors.stream()
                .map(door -> door.substring(0, door.indexOf('=')))
                .map(port -> "127.0.0.1:" + port + ":" + port)
                .toList());
  }

  @Test
  void everyVariableHasADefault() throws IOException {
    Properties defaults = new Properties();
    try (Reader file = Files.newBufferedReader(DOCKER.resolve(".env"))) {
      defaults.load(file);
    }
    Set<String> used = new TreeSet<>();
    for (String file : List.of(COMPOSE, "compose.ha.yaml")) {
      VARIABLE
          .matcher(Files.readString(DOCKER.resolve(file)))
          .results()
          .forEach(found -> used.add(found.group(1)));
    }

    assertThat(used).isEqualTo(new TreeSet<>(defaults.stringPropertyNames()));
  }

  @Test
  void everyVariableThatAServiceGetsIsOnThePage() throws IOException {
    String page = Files.readString(DOCKER.resolve("README.md"));

    assertThat(services)
        .allSatisfy(
            (name, service) -> {
              if ("ticketing".equals(service.get("image"))) {
                assertThat(environment(service).keySet()).as(name).allMatch(page::contains);
              }
            });
  }

  @Test
  void imagesArePinnedInOnePlace() throws IOException {
    assertThat(services.values().stream().map(service -> (String) service.get("image")))
        .allSatisfy(image -> assertThat(image).matches("ticketing(-seata)?|\\$\\{[A-Z]+_IMAGE}"));
    try (Stream<String> lines = Files.lines(DOCKER.resolve("Dockerfile"))) {
      assertThat(lines.filter(line -> line.startsWith("FROM ")))
          .allSatisfy(line -> assertThat(line).matches("FROM \\$\\{[A-Z]+_IMAGE} AS [a-z]+"));
    }
  }

  @Test
  void everySecretThatIsUsedIsAFile() {
    Map<String, Map<String, Object>> declared = read(COMPOSE, "secrets");
    Set<String> used = new HashSet<>();
    services.values().forEach(service -> used.addAll(secrets(service)));

    assertThat(used).isEqualTo(declared.keySet());
    assertThat(declared)
        .allSatisfy((name, secret) -> assertThat(secret).containsValue("./secrets/" + name));
  }

  private Set<String> ofProfile(String profile) {
    return services.entrySet().stream()
        .filter(service -> texts(service.getValue(), "profiles").toList().contains(profile))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<String> secrets(Map<String, Object> service) {
    List<String> names = new ArrayList<>();
    for (Object secret : (List<?>) service.getOrDefault("secrets", List.of())) {
      names.add(
          secret instanceof Map<?, ?> mapped
              ? (String) mapped.get("source")
              : String.valueOf(secret));
    }
    return names;
  }

  private static Map<String, String> environment(Map<String, Object> service) {
    return mapping(service, "environment").entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, variable -> String.valueOf(variable.getValue())));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Map<String, Object> service, String key) {
    return (Map<String, Object>) service.getOrDefault(key, Map.of());
  }

  private static Stream<String> texts(Map<String, Object> service, String key) {
    return ((List<?>) service.getOrDefault(key, List.of())).stream().map(String::valueOf);
  }

  private static Map<String, Map<String, Object>> services() {
    return read(COMPOSE, "services");
  }

  private static Map<String, Map<String, Object>> read(String file, String part) {
    try (Reader text = Files.newBufferedReader(DOCKER.resolve(file))) {
      Map<String, Map<String, Map<String, Object>>> whole = new Yaml().load(text);
      return whole.get(part);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
