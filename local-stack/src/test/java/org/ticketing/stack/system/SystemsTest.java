package org.ticketing.stack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.FileSystemResource;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.system.SystemDescription.InDoubtQuery;
import org.ticketing.stack.system.SystemDescription.Library;

class SystemsTest {

  private static final String DESCRIPTION =
      """
      name: delta
      title: an example
      order: 7
      module: delta-module
      main-class: org.example.Delta
      processes:
        - name: payment
          database: postgresql
          services: payment
        - name: point
          database: mysql
          services: point
        - name: rest
          database: postgresql
          services: user, concert, queue, seat, reservation, partner
          module: common-domain
          main-class: org.example.Rest
      servers: seata
      properties:
        delta.log: ${data}/log
        delta.mode: quick
      as-shipped:
        engine:
          delta.mode: careful
      atomic: true
      longest-timer: 20s
      cost:
        minimum: {forced-writes: 5, calls: 4}
        serial-path: {calls: 6, forced-writes: 3}
      in-doubt:
        - what: branches prepared
          service: point
          query: XA RECOVER
          column: data
          prefix: ${coordinator}
      libraries:
        - name: A Library
          artifact: an-artifact
      crash-points: [first, second]
      """;

  @TempDir private Path folder;

  @Test
  void theSystemsOfTheClassPathAreInTheirOrder() {
    assertThat(Systems.all()).extracting(SystemDescription::name).isSorted().contains("alpha");
    assertThat(Systems.find("omega")).isEmpty();
    assertThatThrownBy(() -> Systems.named("omega"))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("There is no system 'omega'; choose one of alpha, beta, gamma");
  }

  @Test
  void aSystemThatIsPlayedOnDemandIsNoneOfThoseThatArePlayedByDefault() {
    assertThat(Systems.named("gamma").onDemand()).isTrue();
    assertThat(Systems.byDefault())
        .extracting(SystemDescription::name)
        .contains("alpha", "beta")
        .doesNotContain("gamma");
  }

  @Test
  void aDescriptionSaysEverythingThatIsAskedOfASystem() throws IOException {
    SystemDescription delta = read(write("delta", DESCRIPTION)).get(0);

    assertThat(delta.name()).isEqualTo("delta");
    assertThat(delta.processNames()).containsExactly("payment", "point", "rest");
    assertThat(delta.participants()).containsExactly("point");
    assertThat(delta.allServers()).containsExactlyInAnyOrder("postgresql", "mysql", "seata");
    assertThat(delta.program(delta.process("queue")))
        .isEqualTo(new Program("common-domain", "org.example.Rest"));
    assertThat(delta.program(delta.process("point")))
        .isEqualTo(new Program("delta-module", "org.example.Delta"));
    assertThat(delta.properties())
        .isEqualTo(Map.of("delta.log", "${data}/log", "delta.mode", "quick"));
    assertThat(delta.properties(Set.of("seata"))).isEqualTo(delta.properties());
    assertThat(delta.properties(Set.of("engine")))
        .isEqualTo(Map.of("delta.log", "${data}/log", "delta.mode", "careful"));
    assertThat(delta.changed()).containsExactly("engine", "seata");
    assertThat(delta.atomic()).isTrue();
    assertThat(delta.onDemand()).isFalse();
    assertThat(delta.violatesOnLateRefusal()).isFalse();
    assertThat(delta.longestTimer()).isEqualTo(Duration.ofSeconds(20));
    assertThat(delta.cost())
        .isEqualTo(
            new ProtocolCost(new ProtocolCost.Minimum(5, 4), new ProtocolCost.SerialPath(6, 3)));
    assertThat(delta.inDoubt())
        .containsExactly(
            new InDoubtQuery("branches prepared", "point", "XA RECOVER", "data", "${coordinator}"));
    assertThat(delta.libraries()).containsExactly(new Library("A Library", "an-artifact"));
    assertThat(delta.crashPoints()).isEqualTo(List.of("first", "second"));
  }

  @ParameterizedTest
  @CsvSource({
    "'name: delta', 'name: Delta Two', 'the name must be of lower case letters and digits, but is ''Delta Two''.'",
    "'name: delta', 'name: other', 'the folder is not named like the system, other.'",
    "'main-class: org.example.Delta', '', 'main-class is missing.'",
    "'order: 7', 'order: last', 'order: For input string: \"last\"'",
    "'database: mysql', 'database: oracle', 'processes[1]: There is no server oracle; there are: '",
    "'database: mysql', 'database: seata', 'processes[1]: seata is no database server.'",
    "'name: point', 'name: payment', 'two processes are named payment.'",
    "'name: point', 'name: Point', 'processes[1]: the name of a process must be of lower case letters, digits and hyphens, but is ''Point''.'",
    "'main-class: org.example.Rest', '', 'processes[2]: a process that takes no part in payments has both module and main-class, others have neither.'",
    "'services: point', 'services: payment', 'payment is hosted twice.'",
    "'services: point', 'services: points', 'processes[1]: there is no service points; there are: user, concert, '",
    "'services: point', '', 'processes[1]: services is missing.'",
    "'user, concert, queue, seat', 'user, queue', 'no process hosts concert, seat.'",
    "'servers: seata', 'servers: zookeeper', 'There is no server zookeeper; there are: '",
    "'data}/log', 'date}/log', 'the property delta.log: There is no value for ${date}; there are: coordinator, data, seata.address, system, url.'",
    "'engine:', 'Engine Two:', 'as-shipped.'",
    "'delta.mode: careful', 'delta.pace: careful', 'as-shipped.engine: delta.pace is none of the properties.'",
    "'atomic: true', 'atomics: true', 'there is no such key: atomics.'",
    "'atomic: true', 'atomic: perhaps', 'atomic: Invalid boolean value ''perhaps'''",
    "'atomic: true', 'atomic true', 'line '",
    "'longest-timer: 20s', 'longest-timer: soon', 'longest-timer: ''soon'' is not a valid duration'",
    "'service: point', 'service: wallet', 'in-doubt[0]: there is no service wallet; there are: '",
    "'column: data', '', 'in-doubt[0]: column and prefix are given together or not at all.'",
    "'{coordinator}', '{data}', 'in-doubt[0]: There is no value for ${data}; there are: coordinator.'",
    "'first, second', 'first, third', 'the crash point third has no script crash/third.btm beside this file.'",
  })
  void aDescriptionThatWillNotDoIsRefusedInOneLine(String part, String instead, String message)
      throws IOException {
    assertThat(DESCRIPTION).containsOnlyOnce(part);
    Path file = write("delta", DESCRIPTION.replace(part, instead));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(url(file) + ": " + message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aDescriptionWithoutTheProcessOfAServiceIsRefused() throws IOException {
    Path file =
        write(
            "delta",
            DESCRIPTION.replace(
                "  - name: payment\n    database: postgresql\n    services: payment\n", ""));

    assertThatThrownBy(() -> read(file)).hasMessage(url(file) + ": no process hosts payment.");
  }

  @Test
  void aDescriptionWhosePaymentProcessTakesNoPartInPaymentsIsRefused() throws IOException {
    Path file =
        write(
            "delta",
            DESCRIPTION.replace(
                "services: payment\n",
                "services: payment\n    module: pay\n    main-class: org.example.Pay\n"));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("the process that hosts payment takes part in payments");
  }

  @Test
  void anEmptyDescriptionIsRefused() throws IOException {
    Path file = write("delta", "");

    assertThatThrownBy(() -> read(file)).hasMessage(url(file) + ": the file is empty.");
  }

  @Test
  void twoSystemsOfOneNameAreRefused() throws IOException {
    Path one = write("delta", DESCRIPTION);
    Path other = write("other/systems/delta", DESCRIPTION);

    assertThatThrownBy(() -> read(one, other))
        .isInstanceOf(StackException.class)
        .hasMessage("%s: there is another system delta, in %s.", url(other), url(one));
  }

  @Test
  void exactlyOneOfTheSystemsThatAreComparedIsTheYardstick() throws IOException {
    String marked = DESCRIPTION + "yardstick: true\n";
    SystemDescription unmarked = read(write("delta", DESCRIPTION)).get(0);
    SystemDescription one = read(write("delta", marked)).get(0);
    SystemDescription two =
        read(write("epsilon", marked.replace("name: delta", "name: epsilon"))).get(0);

    assertThat(Systems.yardstick(List.of(unmarked, two))).isEqualTo(two);
    assertThatThrownBy(() -> Systems.yardstick(List.of(unmarked)))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "Exactly one of the systems that are compared must have 'yardstick: true', "
                + "but none of delta has.");
    assertThatThrownBy(() -> Systems.yardstick(List.of(one, two)))
        .isInstanceOf(StackException.class)
        .hasMessageEndingWith("but delta, epsilon have.");
  }

  @Test
  void aCopyHasANameOfItsOwnAndIsNotTheYardstick() throws IOException {
    SystemDescription marked = read(write("delta", DESCRIPTION + "yardstick: true\n")).get(0);

    SystemDescription copy = marked.copy("control");

    assertThat(copy.name()).isEqualTo("control");
    assertThat(copy.yardstick()).isFalse();
    assertThat(copy.processes()).isEqualTo(marked.processes());
    assertThat(copy.copy("delta")).isEqualTo(read(write("delta", DESCRIPTION)).get(0));
  }

  @Test
  void aPlaceholderWithoutAValueIsRefused() {
    Map<String, String> values = Map.of("data", "/data", "seata.address", "127.0.0.1:1");

    assertThat(Placeholders.replace("${data}/log at ${seata.address}", values))
        .isEqualTo("/data/log at 127.0.0.1:1");
    assertThatThrownBy(() -> Placeholders.replace("${date}", values))
        .isInstanceOf(StackException.class)
        .hasMessage("There is no value for ${date}; there are: data, seata.address.");
  }

  /** Writes a description, with the scripts of its crash points. */
  private Path write(String system, String description) throws IOException {
    Path file = folder.resolve("systems/" + system + "/system.yaml");
    Path scripts = Files.createDirectories(file.resolveSibling("crash"));
    for (String point : List.of("first", "second")) {
      Files.writeString(scripts.resolve(point + ".btm"), "# nothing");
    }
    return Files.writeString(file, description);
  }

  private static List<SystemDescription> read(Path... files) throws IOException {
    return Systems.read(
        Stream.of(files).map(FileSystemResource::new).toArray(FileSystemResource[]::new));
  }

  private static String url(Path file) throws IOException {
    return new FileSystemResource(file).getURL().toString();
  }
}
