package org.ticketing.stack.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the line of a log that a user should read first. */
public final class LogFile {

  private static final int TAIL = 64 * 1024;
  private static final Pattern STACK_FRAME = Pattern.compile("^\\s+at .*|^\\s*\\.\\.\\. \\d+ .*");
  private static final List<Pattern> TELLING =
      List.of(
          Pattern.compile("^Caused by: .*"),
          Pattern.compile(".*\\b(FATAL|PANIC|ERROR|\\[ERROR])\\b.*|.*(Exception|Error): .*"));

  private static final Pattern DESCRIPTION =
      Pattern.compile(
          "^APPLICATION FAILED TO START$.*?^Description:$(.*?)^Action:$",
          Pattern.MULTILINE | Pattern.DOTALL);

  private LogFile() {}

  /**
   * Spring Boot's description of a failed start, or else the innermost cause, the last error, or
   * the last line; never a stack frame.
   */
  static String lastMeaningfulLine(Path log) {
    String tail = tail(log);
    Matcher description = DESCRIPTION.matcher(tail);
    if (description.find()) {
      return description.group(1).strip().replaceAll("\\s+", " ");
    }
    List<String> lines =
        tail.lines()
            .filter(line -> !line.isBlank() && !STACK_FRAME.matcher(line).matches())
            .toList();
    return TELLING.stream()
        .flatMap(pattern -> last(lines.stream().filter(pattern.asMatchPredicate()).toList()))
        .findFirst()
        .or(() -> last(lines).findFirst())
        .orElse("no output")
        .strip();
  }

  /** The value in the last line of the form {@code name=value}. */
  public static Optional<String> lastValue(Path log, String name) {
    return last(tail(log).lines().filter(line -> line.startsWith(name + "=")).toList())
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static Stream<String> last(List<String> lines) {
    return lines.stream().skip(Math.max(0, lines.size() - 1));
  }

  private static String tail(Path log) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL));
      byte[] bytes = new byte[(int) Math.min(TAIL, file.length())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
