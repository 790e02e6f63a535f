package org.ticketing.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ticketing.experiments.crash.CrashPage;
import org.ticketing.experiments.crash.CrashPoint;
import org.ticketing.experiments.crash.CrashPoints;
import org.ticketing.experiments.page.Charts;
import org.ticketing.experiments.page.ReportPage;
import org.ticketing.experiments.publication.Evidence;
import org.ticketing.experiments.publication.Picture;
import org.ticketing.experiments.publication.Publication;
import org.ticketing.stack.system.Systems;

/** The pages of this repository that are made from the results it keeps. */
final class RepositoryPages {

  /** The folder of the charts, relative to the root of the repository. */
  static final String CHARTS = Evidence.FOLDER + "/charts/";

  private static final String CRASH_MATRIX = "CRASH-MATRIX.md";

  private RepositoryPages() {}

  /**
   * Their contents, by their files relative to the root of the repository.
   *
   * @param home the root of the repository
   */
  static Map<String, String> of(Path home) {
    Path folder = home.resolve(Evidence.FOLDER);
    Evidence evidence = Evidence.read(folder);
    Map<String, String> pages = new TreeMap<>();
    Map<String, String> charts = Charts.of(evidence);
    charts.forEach((name, svg) -> pages.put(CHARTS + name, svg));
    pages.put(Evidence.FOLDER + "/report.html", ReportPage.of(evidence));
    pages.put(Publication.RESULTS, Publication.results(evidence, folder, pictures(charts, CHARTS)));
    pages.put(Publication.QUESTIONS, Publication.questions(evidence));
    evidence.crashes().ifPresent(found -> pages.put(CRASH_MATRIX, CrashPage.of(points(), found)));
    return pages;
  }

  private static List<CrashPoint> points() {
    return Systems.all().stream().flatMap(system -> CrashPoints.of(system).stream()).toList();
  }

  /**
   * @param charts SVG by the names of their files
   * @param folder of the charts, relative to the page
   */
  static List<Picture> pictures(Map<String, String> charts, String folder) {
    return charts.keySet().stream()
        .map(name -> new Picture(folder + name, name.replace(".svg", "").replace('-', ' ')))
        .toList();
  }
}
