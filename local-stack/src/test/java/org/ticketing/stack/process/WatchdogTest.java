package org.ticketing.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

  @TempDir private Path folder;

  @Test
  void runsItsCommandsWhenNobodyWritesToItAnyMore() throws IOException {
    Path removed = Files.createFile(folder.resolve("a container"));
    Path alsoRemoved = Files.createFile(folder.resolve("another"));
    var watchdog = new Watchdog(folder);
    watchdog.guard("false || rm '" + removed + "'");
    watchdog.guard("rm '" + alsoRemoved + "'");

    watchdog.close();

    await().untilAsserted(() -> assertThat(removed).doesNotExist());
    await().untilAsserted(() -> assertThat(alsoRemoved).doesNotExist());
  }

  @Test
  void runsNoCommandThatIsNotNeededAnyMore() throws IOException {
    Path first = Files.createFile(folder.resolve("first"));
    Path second = Files.createFile(folder.resolve("second"));
    var watchdog = new Watchdog(folder);
    watchdog.guard("rm '" + first + "'");
    watchdog.releaseCommands();
    watchdog.guard("rm '" + second + "'");

    watchdog.close();

    await().untilAsserted(() -> assertThat(second).doesNotExist());
    assertThat(first).exists();
  }
}
