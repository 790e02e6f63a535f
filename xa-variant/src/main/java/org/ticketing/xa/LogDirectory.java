package org.ticketing.xa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The directory of the log of Atomikos. A file beside the log says whose it is. */
class LogDirectory {

  private final Path directory;
  private final Path owner;

  LogDirectory(Path directory) {
    this.directory = directory;
    this.owner = directory.resolve("coordinator");
  }

  /**
   * Returns whose log this is. A directory that was not used before becomes that of a new
   * coordinator of the name.
   *
   * @throws UncheckedIOException the directory cannot be used
   */
  CoordinatorId ownerOrNew(String name) {
    try {
      if (!Files.exists(owner)) {
        write(CoordinatorId.create(name));
      }
      return CoordinatorId.parse(Files.readString(owner))
          .orElseThrow(() -> new IOException(owner + " is damaged"));
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  /** Leaves either the whole file or none. */
  private void write(CoordinatorId id) throws IOException {
    Files.createDirectories(directory);
    Path whole = Files.createTempFile(directory, "coordinator", ".tmp");
    Files.writeString(whole, id.prefix(), StandardOpenOption.DSYNC);
    Files.move(whole, owner, StandardCopyOption.ATOMIC_MOVE);
  }
}
