package org.ticketing.stack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlBinariesTest {

  private static final String MYSQL =
      "mysqld  Ver 8.0.33 for Linux on x86_64 (MySQL Community Server - GPL)";

  @TempDir private Path folder;

  @Test
  void aLibraryThatIsMissingIsNamedWithThePackagesThatBringIt() {
    assumeTrue(MysqlBinaries.obstacle(List.of()).isEmpty(), "MySQL is for another machine");

    assertThat(MysqlBinaries.obstacle(List.of("libc.so.6"))).isEmpty();
    assertThat(MysqlBinaries.obstacle(List.of("libc.so.6", "libnowhere.so.7")))
        .contains(
            "MySQL needs libnowhere.so.7, which this system lacks: install libaio1 and libnuma1"
                + " (Debian, Ubuntu) or libaio and numactl-libs (Red Hat).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin", "sbin"})
  void anInstallationIsAFolderWithTheProgram(String programs) throws IOException {
    program(programs, MYSQL);

    assertThat(MysqlBinaries.at(folder).place()).isEqualTo(folder);
    assertThat(MysqlBinaries.program(folder)).isEqualTo(folder.resolve(programs + "/mysqld"));
  }

  @ParameterizedTest
  @CsvSource({
    "'mysqld: error while loading shared libraries: libaio.so.1: cannot open', needs libaio.so.1",
    "mysqld  Ver 11.4.5-MariaDB for linux-systemd on x86_64, is not MySQL but MariaDB",
    "mysqld: 1: Syntax error, does not run on this machine"
  })
  void anInstallationThatDoesNotRunHereIsRefused(String told, String reason) throws IOException {
    program("bin", told);

    assertRefused(folder, reason);
  }

  @Test
  void whatIsNoMysqlIsRefused() throws IOException {
    assertRefused(folder.resolve("nowhere"), "There is no folder or zip " + folder);
    assertRefused(folder, "There is no bin/mysqld in " + folder);
    assertRefused(
        Files.writeString(folder.resolve("text"), "no zip"), "is neither a folder nor a zip");

    Path zip = folder.resolve("other.zip");
    try (var content = new ZipOutputStream(Files.newOutputStream(zip))) {
      content.putNextEntry(new ZipEntry("bin/other"));
    }
    assertRefused(zip, "There is no bin/mysqld in " + zip);
  }

  private void program(String programs, String told) throws IOException {
    Path program = Files.createDirectories(folder.resolve(programs)).resolve("mysqld");
    Files.writeString(program, "#!/bin/sh\necho '" + told + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void assertRefused(Path place, String reason) {
    assertThatThrownBy(() -> MysqlBinaries.at(place))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining(reason);
  }
}
