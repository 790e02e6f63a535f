package org.ticketing.experiments.publication;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A template of a page in Markdown. A name in it that has no value is an error. */
final class Page {

  private final Template template;

  private Page(Template template) {
    this.template = template;
  }

  /**
   * @param name of a resource beside this class
   */
  static Page named(String name) {
    try (Reader text =
        new InputStreamReader(
            Page.class.getResourceAsStream(name + ".mustache"), StandardCharsets.UTF_8)) {
      return new Page(Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).compile(text));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Without more than one empty line in a row, and with a line break at the end. */
  String with(Object values) {
    return template.execute(values).replaceAll("\n{3,}", "\n\n").strip() + "\n";
  }
}
