package org.ticketing.stack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Byteman rules that mend a server while its classes are loaded.
 *
 * @param file where they are, relative to the root of the repository
 * @param sha256 of the file, in hexadecimal digits
 * @param rules their names, in the order of the file
 */
public record Patches(String file, String sha256, List<String> rules) {

  private static final String RULE = "RULE ";

  public Patches {
    rules = List.copyOf(rules);
  }

  /** Reads them from a file. */
  static Patches read(Path home, Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return new Patches(
          home.relativize(file).toString(),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
          new String(content, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(RULE))
              .map(line -> line.substring(RULE.length()).strip())
              .toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
