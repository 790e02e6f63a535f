package org.ticketing.experiments.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.compare.Results;
import org.ticketing.experiments.compare.Results.SystemResult;
import org.ticketing.experiments.report.Ratio;

/** What the comparison says of the systems without a protocol, in sentences. */
final class Baselines {

  private Baselines() {}

  static String of(Evidence evidence) {
    return evidence
        .comparison()
        .filter(found -> !found.systems().isEmpty())
        .map(Baselines::sentences)
        .orElse("Not measured. `./ticketing compare --full --only rounds`");
  }

  private static String sentences(Results results) {
    List<String> sentences = new ArrayList<>();
    String yardstick = results.yardstick().system();
    oneProcess(results, yardstick).ifPresent(sentences::add);
    find(results, yardstick).ifPresent(found -> sentences.add(broken(found)));
    return String.join("\n\n", sentences);
  }

  private static Optional<String> oneProcess(Results results, String yardstick) {
    String name = results.yardstick().oneProcess();
    if (name == null) {
      return Optional.empty();
    }
    Ratio split = results.yardstick().split();
    String promise =
        find(results, name)
            .map(found -> "it had %s violations".formatted(Judged.of(found).violations()))
            .orElse("it was not played");
    return Optional.of(
        """
        **Choose `%s`** while one database can hold all of it: it needs no protocol, and %s. The p50 of `%s`, which splits it \
        and coordinates nothing, is %s. [Table](#speed)"""
            .formatted(
                name,
                promise,
                yardstick,
                split == null
                    ? "not known, as not both were warm"
                    : "%s times its own: what the split costs before any protocol"
                        .formatted(split)));
  }

  private static String broken(SystemResult found) {
    long asked = found.rounds().stream().mapToLong(round -> round.tally().asked()).sum();
    long violations = Judged.of(found).violations();
    return violations == 0
        ? "`%s` broke none of %s payments in this run. [Table](#promises)"
            .formatted(found.system(), Text.count(asked))
        : """
        **Do not choose `%s`**: it broke %s of %s payments without any fault, where the workload predicts %s. [Table](#promises), \
        `./ticketing compare --full --only rounds`"""
            .formatted(
                found.system(),
                Text.count(violations),
                Text.count(asked),
                Text.count(Judged.of(found).expectedViolations()));
  }

  private static Optional<SystemResult> find(Results results, String system) {
    return results.systems().stream().filter(one -> one.system().equals(system)).findFirst();
  }
}
