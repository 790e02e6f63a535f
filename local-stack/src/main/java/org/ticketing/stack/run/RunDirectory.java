package org.ticketing.stack.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.process.StackException;

/**
 * The folder of one run: {@code data}, which is deleted at its end, and {@code logs}, which stay. A
 * lock file tells that the run is alive. Each run deletes what dead ones have left.
 */
public final class RunDirectory implements AutoCloseable {

  private static final int KEPT_LOGS = 20;
  private static final long NEEDED_BYTES = 1L << 30;
  private static final Set<String> MEMORY_BACKED = Set.of("tmpfs", "ramfs");
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** Runs of this JVM. Opening and closing their lock files again would give up their locks. */
  private static final Set<Path> ALIVE = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private RunDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the folder of a run.
   *
   * @throws StackException if it would lie in memory, on a full disk, or cannot be written
   */
  static RunDirectory create(Path home) {
    if (!Files.isDirectory(home)) {
      throw new StackException(home + " is not a folder.");
    }
    Path runs = runs(home);
    try {
      Files.createDirectories(runs);
      var disk = Files.getFileStore(runs);
      checkDisk(runs, disk.type(), disk.getUsableSpace());
      synchronized (ALIVE) {
        RunDirectory created = createIn(runs);
        prune(runs);
        return created;
      }
    } catch (IOException e) {
      throw new StackException("Cannot write to %s: %s".formatted(runs, e.getMessage()), e);
    }
  }

  /** The folders of all runs that were not deleted, the newest first. */
  public static List<Path> all(Path home) throws IOException {
    Path runs = runs(home);
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (var folders = Files.list(runs)) {
      return folders.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Whether the run of that folder is under way. */
  public static boolean isAlive(Path run) throws IOException {
    synchronized (ALIVE) {
      if (ALIVE.contains(run)) {
        return true;
      }
      try (var channel = openLock(run);
          FileLock lock = channel.tryLock()) {
        return lock == null;
      }
    }
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** A folder for the data of a process. */
  public Path data(String process) {
    return folder(path.resolve("data").resolve(process));
  }

  /** Deletes the data of a process that will not be started again. */
  public void deleteData(String process) {
    try {
      FileSystemUtils.deleteRecursively(path.resolve("data").resolve(process));
    } catch (IOException e) {
      throw new StackException("Cannot delete the data of " + process + ": " + e.getMessage(), e);
    }
  }

  /** The log file of a process. */
  Path log(String process) {
    return folder(path.resolve("logs")).resolve(process + ".log");
  }

  /** The numeric id of the user that this process runs as. */
  public int uid() {
    try {
      return (int) Files.getAttribute(path, "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    synchronized (ALIVE) {
      try {
        FileSystemUtils.deleteRecursively(path.resolve("data"));
        channel.close();
      } catch (IOException e) {
        throw new StackException("Cannot tidy up %s: %s".formatted(path, e.getMessage()), e);
      } finally {
        ALIVE.remove(path);
      }
    }
  }

  static void checkDisk(Path runs, String type, long usableBytes) {
    if (MEMORY_BACKED.contains(type)) {
      throw new StackException(
          "%s lies in memory (%s), where nothing is durable. Use a folder on a disk."
              .formatted(runs, type));
    }
    if (usableBytes < NEEDED_BYTES) {
      throw new StackException(
          "Too little space on the disk of %s: %d MB are free, 1024 MB are needed."
              .formatted(runs, usableBytes >> 20));
    }
  }

  private static Path runs(Path home) {
    return home.resolve(".ticketing").resolve("runs");
  }

  private static RunDirectory createIn(Path runs) throws IOException {
    String name = LocalDateTime.now().format(TIMESTAMP) + "-" + ProcessHandle.current().pid();
    for (int i = 1; ; i++) {
      Path path = runs.resolve(i == 1 ? name : name + "-" + i);
      try {
        Files.createDirectory(path);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      ALIVE.add(path);
      FileChannel channel = openLock(path);
      channel.lock();
      return new RunDirectory(path, channel);
    }
  }

  private static void prune(Path runs) throws IOException {
    List<Path> others;
    try (var folders = Files.list(runs)) {
      others =
          folders
              .filter(folder -> !ALIVE.contains(folder) && Files.isDirectory(folder))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (int i = 0; i < others.size(); i++) {
      try (var channel = openLock(others.get(i));
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          prune(others.get(i), i >= KEPT_LOGS);
        }
      } catch (IOException e) {
        // Another run deletes the same at this moment, or it was another user's run.
      }
    }
  }

  /** Results, which lie beside data and logs, are never deleted. */
  private static void prune(Path run, boolean withLogs) throws IOException {
    FileSystemUtils.deleteRecursively(run.resolve("data"));
    if (withLogs) {
      FileSystemUtils.deleteRecursively(run.resolve("logs"));
      try (var rest = Files.list(run)) {
        if (rest.allMatch(file -> file.endsWith("lock"))) {
          FileSystemUtils.deleteRecursively(run);
        }
      }
    }
  }

  private static FileChannel openLock(Path run) throws IOException {
    return FileChannel.open(
        run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StackException("Cannot create %s: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
