package org.ticketing.experiments.publication;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.compare.Sweep.SystemStep;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.Systems;

/**
 * The systems that conclusions are about: those whose payments happen wholly or not at all although
 * their services run in several processes.
 */
final class Protocols {

  private Protocols() {}

  /** False also for a name that no system has, such as that of the control. */
  static boolean isOne(String system) {
    return Systems.find(system)
        .filter(found -> found.atomic() && !found.isOneProcess())
        .isPresent();
  }

  /** Whether its payments happen wholly or not at all, by its own description. */
  static boolean promises(String system) {
    return Systems.find(system).filter(SystemDescription::atomic).isPresent();
  }

  /**
   * The protocol that a system is a variant of: the one that is played by default from the same
   * module. Empty if the system is played by default itself.
   */
  static Optional<String> variantOf(String system) {
    return Systems.find(system)
        .filter(SystemDescription::onDemand)
        .flatMap(
            variant ->
                Systems.byDefault().stream()
                    .filter(protocol -> protocol.module().equals(variant.module()))
                    .map(SystemDescription::name)
                    .findFirst());
  }

  /** Those that anything was measured of, in the order of tables. */
  static List<String> in(Evidence evidence) {
    List<String> measured =
        Stream.concat(
                evidence
                    .comparisons()
                    .flatMap(
                        found ->
                            Stream.concat(
                                found.systems().stream().map(SystemResult::system),
                                found.sweeps().stream()
                                    .flatMap(sweep -> sweep.steps().stream())
                                    .flatMap(step -> step.systems().stream())
                                    .map(SystemStep::system))),
                evidence.crashes().stream()
                    .flatMap(found -> found.cells().stream())
                    .map(cell -> cell.played().system()))
            .distinct()
            .toList();
    return Systems.all().stream()
        .map(SystemDescription::name)
        .filter(measured::contains)
        .filter(Protocols::isOne)
        .toList();
  }
}
