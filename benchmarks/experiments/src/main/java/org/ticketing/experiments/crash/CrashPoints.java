package org.ticketing.experiments.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ticketing.stack.Variant;

/** The crash points of the variants, in the order in which their protocols pass them. */
public final class CrashPoints {

  private CrashPoints() {}

  public static List<CrashPoint> of(Variant variant) {
    return read(variant, "points")
        .lines()
        .filter(name -> !name.isBlank())
        .map(name -> CrashPoint.parse(variant, name, read(variant, name + ".btm")))
        .toList();
  }

  /**
   * A point that is not one of ours.
   *
   * @throws IllegalArgumentException the script lacks a part
   */
  public static CrashPoint read(Variant variant, Path script) throws IOException {
    String name = script.getFileName().toString().replaceAll("\\.btm$", "");
    return CrashPoint.parse(variant, name, Files.readString(script));
  }

  private static String read(Variant variant, String file) {
    String path = variant.id() + "/" + file;
    try (InputStream resource = CrashPoints.class.getResourceAsStream(path)) {
      if (resource == null) {
        throw new IllegalStateException("There is no " + path + ".");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
