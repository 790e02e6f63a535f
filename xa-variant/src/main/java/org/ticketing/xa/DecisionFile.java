package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the {@link DecisionLog}, locked for this process. It has lines that end with a line
 * feed. Whenever it can no longer tell what a restart would read, it ends the process.
 */
class DecisionFile implements Closeable {

  /** EX_IOERR of {@code sysexits.h}. */
  static final int INPUT_OUTPUT_ERROR = 74;

  private static final Logger log = LoggerFactory.getLogger(DecisionFile.class);

  private final Path path;
  private final IntConsumer end;
  private final FileChannel lock;
  private RandomAccessFile file;

  /** In bytes, of the lines that were written whole. What lies behind them is overwritten. */
  private long length;

  /**
   * @param end ends the process with an exit status and runs nothing else in it
   * @throws IOException another process uses the file, or the directory cannot be created
   */
  DecisionFile(Path directory, String name, IntConsumer end) throws IOException {
    this.path = directory.resolve(name + ".log");
    this.end = end;
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      forceFolder(directory.toAbsolutePath().getParent());
    }
    this.lock = FileChannel.open(directory.resolve(name + ".lock"), CREATE, WRITE);
    try {
      if (lock.tryLock() == null) {
        throw new IOException("Another process uses " + path);
      }
    } catch (IOException | RuntimeException failure) {
      closeQuietly(lock);
      throw failure;
    }
  }

  /** Returns the lines that were written whole. */
  List<String> read() throws IOException {
    if (Files.notExists(path)) {
      return List.of();
    }
    String content = new String(Files.readAllBytes(path), US_ASCII);
    return content.substring(0, content.lastIndexOf('\n') + 1).lines().toList();
  }

  /**
   * Replaces the file, in one step, by a new one that is forced.
   *
   * @throws IOException there is no room for the new file, and the old one is still in use
   */
  void rewrite(List<String> lines) throws IOException {
    requireOpen();
    Path next = path.resolveSibling(path.getFileName() + ".next");
    RandomAccessFile former = file;
    var rewritten = new RandomAccessFile(next.toFile(), "rw");
    long written = 0;
    try {
      rewritten.setLength(0);
      for (String line : lines) {
        byte[] bytes = line.getBytes(US_ASCII);
        rewritten.write(bytes);
        written += bytes.length;
      }
      force(rewritten);
    } catch (IOException failure) {
      closeQuietly(rewritten);
      throw failure;
    }
    replaceBy(next);
    file = rewritten;
    length = written;
    closeQuietly(former);
  }

  private void replaceBy(Path next) {
    try {
      Files.move(next, path, ATOMIC_MOVE);
      forceFolder(path.getParent());
    } catch (IOException eitherIsThere) {
      throw stop(eitherIsThere);
    }
  }

  /** Makes sure that what was created or renamed in it is there after a crash of the machine. */
  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder)) {
      entries.force(true);
    }
  }

  /**
   * Writes a line without forcing it.
   *
   * @throws IOException nothing of the line is in the file
   */
  void append(String line) throws IOException {
    requireOpen();
    byte[] bytes = line.getBytes(US_ASCII);
    try {
      file.seek(length);
      file.write(bytes);
    } catch (IOException noRoom) {
      takeBack();
      throw noRoom;
    }
    length += bytes.length;
  }

  private void takeBack() {
    try {
      file.setLength(length);
    } catch (IOException mayBeThere) {
      throw stop(mayBeThere);
    }
  }

  /**
   * Forces what was appended to the disk.
   *
   * @throws IOException whether it is on the disk is not known
   */
  void force() throws IOException {
    force(file);
  }

  void force(RandomAccessFile written) throws IOException {
    written.getFD().sync();
  }

  /** Returns the size in bytes. */
  long length() {
    return length;
  }

  /**
   * Ends the process because what a restart would read is not known.
   *
   * @return an error to throw, in case the process goes on for a moment
   */
  Error stop(Throwable failure) {
    log.error(
        "What {} holds is not known any more ({}). This process ends; a restart will read it.",
        path,
        failure.toString());
    end.accept(INPUT_OUTPUT_ERROR);
    return new Error("the process ends", failure);
  }

  private void requireOpen() throws IOException {
    if (!lock.isOpen()) {
      throw new IOException("the log is closed");
    }
  }

  @Override
  public void close() {
    closeQuietly(file);
    closeQuietly(lock);
  }

  /** Closes what was forced before or will not be read. */
  private static void closeQuietly(Closeable file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException failure) {
      log.debug("A file was not closed", failure);
    }
  }
}
