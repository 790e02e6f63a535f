package org.ticketing.stack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdkTest {

  @TempDir private Path folder;

  @Test
  void theChosenOneIsUsedWhateverElseThereIs() throws IOException {
    Path newest = jdk("newest", "26.0.1");
    Path chosen = jdk("chosen", "21.0.2");

    Jdk jdk = Jdk.ofServices(Map.of(Jdk.CHOICE, chosen.toString()), Stream.of(newest));

    assertThat(jdk).isEqualTo(new Jdk(chosen, 21, "OpenJDK 64-Bit Server VM 21.0.2+7"));
    assertThat(jdk.hasAotCache()).isFalse();
  }

  @Test
  void withoutAChoiceItIsTheNewestFrom25On() throws IOException {
    Path newest = jdk("newest", "26.0.1");

    Jdk jdk =
        Jdk.ofServices(
            Map.of(), Stream.of(jdk("old", "21.0.2"), newest, jdk("newer", "25"), folder));

    assertThat(jdk.home()).isEqualTo(newest);
    assertThat(jdk.feature()).isEqualTo(26);
    assertThat(jdk.hasAotCache()).isTrue();
  }

  @Test
  void withoutOneFrom25OnItIsTheOneInUse() throws IOException {
    Jdk jdk = Jdk.ofServices(Map.of(Jdk.CHOICE, " "), Stream.of(jdk("old", "21.0.2")));

    assertThat(jdk.home()).isEqualTo(Path.of(System.getProperty("java.home")));
    assertThat(jdk.feature()).isEqualTo(Runtime.version().feature());
    assertThat(jdk.description()).contains(Runtime.version().toString());
  }

  @Test
  void oneThatDoesNotRunIsNotTakenByItself() throws IOException {
    Path broken = jdk("broken", "26");
    Files.writeString(broken.resolve("bin/java"), "#!/bin/sh\nexit 1\n");

    assertThat(Jdk.ofServices(Map.of(), Stream.of(broken)).home())
        .isEqualTo(Path.of(System.getProperty("java.home")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "nonsense", "too-old", "broken", "\u00e4 \ud83c\udfab"})
  void aChoiceThatCannotBeUsedIsToldAsSuch(String name) throws IOException {
    Files.writeString(folder.resolve("nonsense"), "not a folder");
    jdk("too-old", "11.0.2");
    Files.writeString(jdk("broken", "26").resolve("bin/java"), "#!/bin/sh\necho 26\n");
    String chosen = folder.resolve(name).toString();

    assertThatThrownBy(() -> Jdk.ofServices(Map.of(Jdk.CHOICE, chosen), Stream.of()))
        .isInstanceOf(UnusableException.class)
        .hasMessage("TICKETING_JAVA_HOME is %s, where there is no Java 17 or newer.", chosen);
  }

  /** Creates a JDK that tells its version like a real one, and can do nothing else. */
  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo 'Picked up JAVA_TOOL_OPTIONS: -Dnothing=1'
        echo 'openjdk version "%1$s" 2026-01-20'
        echo 'OpenJDK Runtime Environment Somebody (build %1$s+7)'
        echo 'OpenJDK 64-Bit Server VM Somebody (build %1$s+7, mixed mode, sharing)'
        """
            .formatted(version));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
