package org.ticketing.experiments.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The pages of results in Markdown. The same evidence gives the same bytes. */
public final class Publication {

  /** The page of all results, at the root of the repository. */
  public static final String RESULTS = "RESULTS.md";

  /** The page of questions, relative to the root of the repository. */
  public static final String QUESTIONS = "docs/questions.md";

  private Publication() {}

  /** The page of the repository's own results. */
  public static String results(Evidence evidence, Path folder, List<Picture> pictures) {
    return ResultsPage.of(
        evidence, Sources.in(folder), pictures, new ResultsPage.Place("", Evidence.FOLDER + "/"));
  }

  public static String questions(Evidence evidence) {
    return QuestionsPage.of(evidence);
  }

  /**
   * The page of results of one's own.
   *
   * @param files that it is made from
   * @param folder where it will lie, and the charts beside it
   * @param home the root of the repository
   */
  public static String ownResults(
      Evidence evidence, List<Path> files, List<Picture> pictures, Path folder, Path home) {
    String root = folder.toAbsolutePath().relativize(home.toAbsolutePath()).toString();
    return ResultsPage.of(
        evidence,
        Sources.of(files),
        pictures,
        new ResultsPage.Place(root.isEmpty() ? "" : root.replace('\\', '/') + "/", ""));
  }

  /**
   * Notes the digest of a history that is not published, as {@code sha256sum} writes it. Noting it
   * again changes nothing.
   *
   * @param folder of the files that are published
   */
  public static void leaveOut(Path folder, Path history) throws IOException {
    Path digests = Files.createDirectories(folder).resolve(Sources.LEFT_OUT);
    String name = "  " + history.getFileName();
    Stream<String> others =
        (Files.exists(digests) ? Files.readAllLines(digests) : List.<String>of())
            .stream().filter(line -> !line.endsWith(name));
    Files.write(
        digests,
        Stream.concat(others, Stream.of(Sources.sha256(history) + name))
            .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
            .toList());
  }
}
