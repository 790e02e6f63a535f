package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.run.UnusableException;

class EnvironmentPasswordTest {

  @TempDir private Path folder;

  @Test
  void isInTheVariable() {
    assertThat(EnvironmentPassword.find("PASSWORD", Map.of("PASSWORD", "a secret")))
        .hasValue("a secret");
    assertThat(EnvironmentPassword.find("PASSWORD", Map.of())).isEmpty();
  }

  @Test
  void isInTheFileWithoutTheLineBreakAtItsEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), " a secret\n");

    assertThat(EnvironmentPassword.find("PASSWORD", Map.of("PASSWORD_FILE", file.toString())))
        .hasValue(" a secret");
  }

  @Test
  void isNotInAFileThatIsNotThere() {
    Map<String, String> environment = Map.of("PASSWORD_FILE", folder.resolve("none").toString());

    assertThatThrownBy(() -> EnvironmentPassword.find("PASSWORD", environment))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith("PASSWORD_FILE names a file that cannot be read: ");
  }

  @Test
  void isNotInBoth() {
    Map<String, String> environment = Map.of("PASSWORD", "a secret", "PASSWORD_FILE", "a file");

    assertThatThrownBy(() -> EnvironmentPassword.find("PASSWORD", environment))
        .isInstanceOf(UnusableException.class)
        .hasMessage("PASSWORD and PASSWORD_FILE exclude each other.");
  }
}
