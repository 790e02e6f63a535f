package org.ticketing.experiments.publication;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.ticketing.verification.SmallestHistory;
import org.ticketing.workload.history.History;

/** What a history can show that must not be. */
public enum Anomaly {
  REFUSED_WITH_POINTS_USED(
      "refused-with-points-used",
      "A payment was refused, and its points are gone",
      SmallestHistory::ofRefusalWithPointsUsed),
  FRACTURED_READ(
      "fractured-read", "A payment was seen half done", SmallestHistory::ofFracturedRead);

  private static final String EXTENSION = ".jsonl";

  private final String fileName;
  private final String title;
  private final Function<History, Optional<History>> smallest;

  Anomaly(String fileName, String title, Function<History, Optional<History>> smallest) {
    this.fileName = fileName;
    this.title = title;
    this.smallest = smallest;
  }

  /** In words, as a sentence without its full stop. */
  public String title() {
    return title;
  }

  /** The smallest part of a history that shows it; empty if nothing does. */
  public Optional<History> smallestIn(History history) {
    return smallest.apply(history);
  }

  /** The name of the file for such a part. */
  public String fileOf(History history) {
    return history.system() + "-" + fileName + EXTENSION;
  }

  /** The one that a file of this name shows. */
  static Optional<Anomaly> shownIn(String file) {
    return Arrays.stream(values())
        .filter(anomaly -> file.endsWith("-" + anomaly.fileName + EXTENSION))
        .findFirst();
  }
}
