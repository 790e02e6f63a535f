package org.ticketing.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.ticketing.experiments.crash.Cell;
import org.ticketing.experiments.crash.CrashMatrix;
import org.ticketing.experiments.crash.CrashPoint;
import org.ticketing.experiments.crash.CrashPoints;
import org.ticketing.experiments.crash.Fault;
import org.ticketing.stack.process.StackException;
import org.ticketing.stack.system.SystemDescription;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The cells that are to be played. */
final class CrashCells {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--point",
      split = ",",
      paramLabel = "<name>",
      description = "Only the cells of these points; --list names them.")
  private List<String> names = List.of();

  @Option(
      names = "--fault",
      paramLabel = "<fault>",
      description = "Only the cells with this fault, such as \"kill payment\".")
  private String fault;

  @Option(
      names = "--script",
      paramLabel = "<file>",
      description =
          "A point of your own instead: a Byteman script in the form of those of the systems.")
  private Path script;

  @Option(
      names = "--long",
      description =
          "Also the long cells, most of them of something that is silent for longer than every"
              + " timeout. --point, --fault and --script play them in any case.")
  private boolean isLong;

  /** Whether the command line says which. */
  boolean areChosen() {
    return !names.isEmpty() || fault != null || script != null || isLong;
  }

  /**
   * The points of the systems.
   *
   * @throws ParameterException there is none of a name, or a script cannot be used
   */
  List<CrashPoint> points(List<SystemDescription> systems) {
    if (script != null) {
      return List.of(ownPoint(systems));
    }
    List<CrashPoint> all = systems.stream().flatMap(one -> CrashPoints.of(one).stream()).toList();
    List<CrashPoint> points = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      List<CrashPoint> found = all.stream().filter(point -> point.name().equals(name)).toList();
      if (found.isEmpty()) {
        throw wrong("There is no point " + name + "; ./ticketing crash --list names them.");
      }
      points.addAll(found);
    }
    return names.isEmpty() ? all : points;
  }

  /**
   * The cells of these points.
   *
   * @throws ParameterException there is none with the fault
   */
  List<Cell> of(List<CrashPoint> points) {
    List<Cell> all =
        points.stream()
            .flatMap(point -> (areChosen() ? point.allCells() : point.cells()).stream())
            .toList();
    if (fault == null) {
      return all;
    }
    List<Cell> cells = all.stream().filter(cell -> isWanted(cell.fault())).toList();
    if (cells.isEmpty()) {
      throw wrong(
          "There is no cell with the fault %s; there are: %s."
              .formatted(
                  fault,
                  all.stream()
                      .map(cell -> cell.fault().toString())
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    return cells;
  }

  private boolean isWanted(Fault one) {
    return one.toString().equals(fault.strip().replaceAll(" +", " "));
  }

  private CrashPoint ownPoint(List<SystemDescription> systems) {
    if (systems.size() != 1 || !names.isEmpty()) {
      throw wrong("--script needs one system, and no --point.");
    }
    try {
      CrashPoint point = CrashPoints.read(systems.get(0), script);
      CrashMatrix.require(point.allCells());
      return point;
    } catch (NoSuchFileException missing) {
      throw wrong("There is no file " + script + ".");
    } catch (IllegalArgumentException | StackException | IOException failure) {
      throw wrong(
          "--script cannot be used: " + failure.getMessage().replaceFirst("\\.$", "") + ".");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
