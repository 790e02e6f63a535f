package org.ticketing.experiments.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a page was made from, so that a reader can tell which they were.
 *
 * @param leftOut digests of histories too large to be published, as {@code sha256sum} writes them;
 *     empty if there are none
 */
record Sources(List<Source> files, String leftOut) {

  /** Digests of histories that are not published. */
  static final String LEFT_OUT = "left-out.sha256";

  private static final List<String> KINDS = List.of(".json", ".yaml", ".jsonl");

  record Source(String name, long bytes, String sha256) {}

  /** Those of a folder, by name. */
  static Sources in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      Path leftOut = folder.resolve(LEFT_OUT);
      return new Sources(
          files
              .filter(file -> KINDS.stream().anyMatch(file.toString()::endsWith))
              .sorted()
              .map(file -> source(folder, file))
              .toList(),
          Files.exists(leftOut) ? Files.readString(leftOut).strip() : "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** These files, by their names alone. */
  static Sources of(List<Path> files) {
    return new Sources(
        files.stream()
            .map(file -> source(file.toAbsolutePath().getParent(), file.toAbsolutePath()))
            .toList(),
        "");
  }

  String table() {
    if (files.isEmpty()) {
      return "";
    }
    MarkdownTable table = new MarkdownTable(List.of("file", "bytes", "SHA-256"));
    files.forEach(
        file ->
            table.add(
                List.of(
                    Text.code(file.name()), Text.count(file.bytes()), Text.code(file.sha256()))));
    return table.toString();
  }

  private static Source source(Path folder, Path file) {
    try {
      return new Source(
          folder.relativize(file).toString().replace('\\', '/'), Files.size(file), sha256(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** In hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
