package org.ticketing.experiments.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ticketing.stack.system.SystemDescription;

/** Finds crash points: those that systems bring along, and those of users. */
public final class CrashPoints {

  private CrashPoints() {}

  /**
   * The points of a system, in the order in which its protocol passes them.
   *
   * @throws IllegalArgumentException if a part of a script is missing
   */
  public static List<CrashPoint> of(SystemDescription system) {
    return system.crashPoints().stream()
        .map(name -> CrashPoint.parse(system, name, system.crashScript(name)))
        .toList();
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
