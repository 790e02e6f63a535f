package org.ticketing.experiments.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ticketing.stack.system.SystemDescription;

/** The crash points that systems bring along, in the order in which their protocols pass them. */
public final class CrashPoints {

  private CrashPoints() {}

  /**
   * Those of a system.
   *
   * @throws IllegalArgumentException a script lacks a part
   */
  public static List<CrashPoint> of(SystemDescription system) {
    return system.crashPoints().stream()
        .map(name -> CrashPoint.parse(system, name, system.crashScript(name)))
        .toList();
  }

  /**
   * A point that the system does not bring along.
   *
   * @throws IllegalArgumentException the script lacks a part
   */
  public static CrashPoint read(SystemDescription system, Path script) throws IOException {
    String name = script.getFileName().toString().replaceAll("\\.btm$", "");
    return CrashPoint.parse(system, name, Files.readString(script));
  }
}
