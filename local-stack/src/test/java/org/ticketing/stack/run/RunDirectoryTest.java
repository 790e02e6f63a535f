package org.ticketing.stack.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.process.StackException;

class RunDirectoryTest {

  @TempDir private Path folder;

  @Test
  void refusesDiskWithoutSpace() {
    RunDirectory.checkDisk(folder, "ext4", 1L << 30);
    assertThatThrownBy(() -> RunDirectory.checkDisk(folder, "ext4", 1000L << 20))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "Too little space on the disk of %s: 1000 MB are free, 1024 MB are needed.", folder);
  }
}
