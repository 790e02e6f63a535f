package org.ticketing.experiments.publication;

import java.util.List;
import java.util.Optional;
import org.ticketing.experiments.publication.Published.Figure;
import org.ticketing.experiments.publication.Published.Ours;

/** Figures that others have published, beside ours of the same kind. */
final class PublishedTable {

  private PublishedTable() {}

  /** Empty if there are none. */
  static String of(Evidence evidence) {
    if (evidence.published().isEmpty()) {
      return "";
    }
    MarkdownTable table =
        new MarkdownTable(List.of("published by", "what", "published", "ours, throughput", "of"));
    for (Published one : evidence.published()) {
      for (Figure figure : one.figures()) {
        table.add(
            List.of(
                "[%s](%s)".formatted(one.by(), one.url()),
                figure.what(),
                figure.value(),
                ours(evidence, figure.ours()),
                figure.ours() == null
                    ? Text.NONE
                    : "%s / %s"
                        .formatted(
                            Text.code(figure.ours().system()), Text.code(figure.ours().to()))));
      }
    }
    return table.toString();
  }

  private static String ours(Evidence evidence, Ours ours) {
    return Optional.ofNullable(ours)
        .map(
            wanted ->
                evidence
                    .comparison()
                    .flatMap(found -> Rounds.of(found).throughput(wanted.system(), wanted.to()))
                    .map(Text::of)
                    .orElse("not measured"))
        .orElse(Text.NONE);
  }
}
