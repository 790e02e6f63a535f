package org.ticketing.stack.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ticketing.stack.process.StackException;

/**
 * The JDK that runs the services and the servers that are Java programs. It is the one that {@value
 * #CHOICE} names; without that, the newest installed one from version {@value #PREFERRED} on;
 * without such a one, the one that runs this process.
 *
 * @param home its folder, with {@code bin/java}
 * @param feature its feature version, such as 25
 * @param description its name and version, as it tells them
 */
public record Jdk(Path home, int feature, String description) {

  /** The environment variable that names the JDK a user has chosen. */
  public static final String CHOICE = "TICKETING_JAVA_HOME";

  private static final int OLDEST = 17;

  /** The first version whose cache holds linked classes (JEP 483, 514). */
  private static final int PREFERRED = 25;

  /**
   * The first version that warns of libraries which access memory by a way that will go (JEP 498).
   */
  private static final int WARNS_OF_UNSAFE = 24;

  private static final Pattern FEATURE = Pattern.compile("version \"(\\d+)");
  private static final Pattern DESCRIPTION =
      Pattern.compile("(?m)^(.* VM) .*\\(build ([^,)]+)[,)]");

  /**
   * Chooses it, by the environment of this process.
   *
   * @throws UnusableException if the one that a user has chosen is not there, or is too old
   */
  public static Jdk ofServices() {
    return ofServices(System.getenv(), installed(inUse()));
  }

  static Jdk ofServices(Map<String, String> environment, Stream<Path> installed) {
    String chosen = environment.getOrDefault(CHOICE, "");
    if (!chosen.isBlank()) {
      return usable(Path.of(chosen))
          .orElseThrow(
              () ->
                  new UnusableException(
                      "%s is %s, where there is no Java %d or newer."
                          .formatted(CHOICE, chosen, OLDEST)));
    }
    return installed
        .filter(home -> release(home) >= PREFERRED)
        .max(Comparator.comparingInt(Jdk::release))
        .flatMap(Jdk::usable)
        .or(() -> usable(inUse()))
        .orElseThrow(
            () -> new StackException("No Java %d or newer in %s.".formatted(OLDEST, inUse())));
  }

  /** The path of one of its programs. */
  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Whether it can make and use a cache of linked classes. */
  public boolean hasAotCache() {
    return feature >= PREFERRED;
  }

  /** The options with which it does not warn of libraries that use {@code sun.misc.Unsafe}. */
  public List<String> unsafeMemoryAccess() {
    return feature >= WARNS_OF_UNSAFE
        ? List.of("--sun-misc-unsafe-memory-access=allow")
        : List.of();
  }

  private static Path inUse() {
    return Path.of(System.getProperty("java.home"));
  }

  /** The folders where Linux, macOS and SDKMAN install JDKs. */
  private static Stream<Path> installed(Path inUse) {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(inUse.toAbsolutePath().getParent());
    folders.add(Path.of("/usr/lib/jvm"));
    folders.add(Path.of("/Library/Java/JavaVirtualMachines"));
    folders.add(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"));
    return folders.stream()
        .flatMap(Jdk::content)
        .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
  }

  private static Stream<Path> content(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException absent) {
      return Stream.empty();
    }
  }

  /** The feature version in the JDK's file {@code release}; 0 without one. */
  private static int release(Path home) {
    Properties release = new Properties();
    try (var file = Files.newBufferedReader(home.resolve("release"))) {
      release.load(file);
    } catch (IOException | IllegalArgumentException noJdk) {
      return 0;
    }
    Matcher version = Pattern.compile("\"?(\\d+)").matcher(release.getProperty("JAVA_VERSION", ""));
    return version.lookingAt() ? Integer.parseInt(version.group(1)) : 0;
  }

  /** Runs the JDK of this folder to learn its version; empty if it does not run or is too old. */
  private static Optional<Jdk> usable(Path home) {
    try {
      Process java =
          new ProcessBuilder(home.resolve("bin/java").toString(), "-version")
              .redirectErrorStream(true)
              .start();
      java.getOutputStream().close();
      String told = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher feature = FEATURE.matcher(told);
      Matcher description = DESCRIPTION.matcher(told);
      return java.waitFor() == 0
              && feature.find()
              && description.find()
              && Integer.parseInt(feature.group(1)) >= OLDEST
          ? Optional.of(
              new Jdk(
                  home.toAbsolutePath().normalize(),
                  Integer.parseInt(feature.group(1)),
                  description.group(1) + " " + description.group(2)))
          : Optional.empty();
    } catch (IOException noJava) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.", interrupted);
    }
  }
}
