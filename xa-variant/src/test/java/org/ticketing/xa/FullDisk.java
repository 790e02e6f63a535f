package org.ticketing.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Limits the size of this process's files until it is closed: the operating system refuses the rest
 * of a write as it does on a full disk.
 */
class FullDisk implements AutoCloseable {

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  private FullDisk(long size) {
    assumeTrue(Files.isExecutable(PRLIMIT));
    limit(String.valueOf(size));
  }

  /**
   * @param room in bytes, after the end of the largest file of the directory
   */
  static FullDisk with(int room, Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      long size = files.map(Path::toFile).mapToLong(File::length).max().orElse(0);
      return new FullDisk(size + room);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Override
  public void close() {
    limit("unlimited");
  }

  /** Sets the soft limit alone, which can be lifted again. */
  private static void limit(String size) {
    try {
      String self = String.valueOf(ProcessHandle.current().pid());
      Process prlimit =
          new ProcessBuilder(PRLIMIT.toString(), "--pid", self, "--fsize=" + size + ":")
              .inheritIO()
              .start();
      assertThat(prlimit.waitFor()).isZero();
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }
}
