package org.ticketing.stack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
          services: user, queue
          module: common-domain
          main-class: org.example.Rest
      servers: seata
      properties:
        delta.log: ${data}/log
      keeps-promise: true
      longest-timer: 20s
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
  void aDescriptionSaysEverythingThatIsAskedOfASystem() throws IOException {
    SystemDescription delta = read(DESCRIPTION);

    assertThat(delta.name()).isEqualTo("delta");
    assertThat(delta.processNames()).containsExactly("payment", "point", "rest");
    assertThat(delta.participants()).containsExactly("point");
    assertThat(delta.allServers()).containsExactlyInAnyOrder("postgresql", "mysql", "seata");
    assertThat(delta.program(delta.process("queue")))
        .isEqualTo(new Program("common-domain", "org.example.Rest"));
    assertThat(delta.program(delta.process("point")))
        .isEqualTo(new Program("delta-module", "org.example.Delta"));
    assertThat(delta.properties()).isEqualTo(Map.of("delta.log", "${data}/log"));
    assertThat(delta.keepsPromise()).isTrue();
    assertThat(delta.violatesOnLateRefusal()).isFalse();
    assertThat(delta.longestTimer()).isEqualTo(Duration.ofSeconds(20));
    assertThat(delta.inDoubt())
        .containsExactly(
            new InDoubtQuery("branches prepared", "point", "XA RECOVER", "data", "${coordinator}"));
    assertThat(delta.libraries()).containsExactly(new Library("A Library", "an-artifact"));
    assertThat(delta.crashPoints()).isEqualTo(List.of("first", "second"));
  }

  @ParameterizedTest
  @CsvSource({
    "'name: delta', 'name: Delta Two', 'the name must be of lower case letters and digits.'",
    "'name: delta', 'name: other', 'the folder is not named like the system, other.'",
    "'main-class: org.example.Delta', '', 'main-class is missing.'",
    "'database: mysql', 'database: oracle', 'There is no server oracle; there are: '",
    "'database: mysql', 'database: seata', 'seata is no database server.'",
    "'services: point', 'services: payment', 'payment is hosted twice.'",
    "'services: point', '', 'services is missing.'",
    "'servers: seata', 'servers: zookeeper', 'There is no server zookeeper; there are: '",
    "'keeps-promise: true', 'keeps-promises: true', 'keeps-promises'",
    "'longest-timer: 20s', 'longest-timer: soon', '''soon'' is not a valid duration'",
  })
  void aDescriptionThatWillNotDoIsRefusedInOneLine(String line, String instead, String message) {
    assertThat(DESCRIPTION).contains(line);
    assertThatThrownBy(() -> read(DESCRIPTION.replaceFirst(line, instead)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("system.yaml")
        .hasMessageContaining(message);
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

  private SystemDescription read(String description) throws IOException {
    Path file = folder.resolve("systems/delta/system.yaml");
    Files.createDirectories(file.getParent());
    return Systems.read(new FileSystemResource(Files.writeString(file, description)));
  }
}
