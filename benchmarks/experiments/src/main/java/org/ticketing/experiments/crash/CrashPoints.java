package org.ticketing.experiments.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ticketing.stack.system.SystemDescription;

/** Finds crash points: those that systems bring along, and those of users. */
public final class CrashPoints {

  /**
   * The points of the queue of accepted payments, in their order. It is the same in every system,
   * and so are they.
   */
  private static final List<String> OF_THE_QUEUE =
      List.of("accepted", "taken-by-worker", "worker-done");

  private CrashPoints() {}

  /**
   * The points of a system, in the order in which its protocol passes them; in a system that
   * coordinates, followed by those of the queue of accepted payments.
   *
   * @throws IllegalArgumentException if a part of a script is missing
   */
  public static List<CrashPoint> of(SystemDescription system) {
    Stream<CrashPoint> own =
        system.crashPoints().stream()
            .map(name -> CrashPoint.parse(system, name, system.crashScript(name)));
    return coordinates(system) ? Stream.concat(own, ofTheQueue(system)).toList() : own.toList();
  }

  private static boolean coordinates(SystemDescription system) {
    return system.atomic() && system.processes().size() > 1;
  }

  private static Stream<CrashPoint> ofTheQueue(SystemDescription system) {
    return OF_THE_QUEUE.stream().map(name -> CrashPoint.parse(system, name, script(name)));
  }

  private static String script(String ofTheQueue) {
    try (InputStream script = CrashPoints.class.getResourceAsStream(ofTheQueue + ".btm")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Reads a point that the system does not bring along.
   *
   * @throws IllegalArgumentException if a part of the script is missing
   */
  public static CrashPoint read(SystemDescription system, Path script) throws IOException {
    String name = script.getFileName().toString().replaceAll("\\.btm$", "");
    return CrashPoint.parse(system, name, Files.readString(script));
  }
}
