package org.ticketing.stack.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {

  @TempDir private Path home;

  @Test
  void aSystemsBeginsWithTheDomainsInItsOrder() {
    ClassPath domain = of("domain/target/domain.jar", "a.jar", "b.jar");
    ClassPath system =
        of("system/target/system.jar", "c.jar", "b.jar", "a.jar", "domain/target/classes");

    ClassPath ordered = system.behind(domain);

    assertThat(ordered)
        .isEqualTo(
            of("domain/target/domain.jar", "a.jar", "b.jar", "system/target/system.jar", "c.jar"));
    assertThat(ordered.beginsWith(domain)).isTrue();
  }

  @Test
  void oneThatLacksALibraryOfTheDomainStaysAsItIs() {
    ClassPath domain = of("domain/target/domain.jar", "a-1.jar");
    ClassPath system = of("system/target/system.jar", "domain/target/domain.jar", "a-2.jar");

    assertThat(system.behind(domain)).isEqualTo(system);
    assertThat(system.beginsWith(domain)).isFalse();
  }

  @Test
  void aModulesOwnClassesAreItsJarUnlessTheyAreNewer() throws IOException {
    Path target = home.resolve("one-module/target");
    Path compiled = Files.createDirectories(target.resolve("classes")).resolve("A.class");
    Path jar = target.resolve("one-module-1.0.0-SNAPSHOT.jar");
    for (Path file :
        List.of(compiled, jar, target.resolve("one-module-1.0.0-SNAPSHOT-tests.jar"))) {
      Files.writeString(file, "");
    }
    Files.writeString(target.resolve("classpath"), "a.jar:b.jar\n");
    Files.setLastModifiedTime(compiled, FileTime.from(Instant.EPOCH));

    ClassPath packed = ClassPath.of(home.resolve("one-module"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH.minusSeconds(1)));
    ClassPath changed = ClassPath.of(home.resolve("one-module"));

    assertThat(packed).hasToString(jar + ":a.jar:b.jar");
    assertThat(changed).hasToString(target.resolve("classes") + ":a.jar:b.jar");
    assertThat(changed.isOfJars()).isFalse();
  }

  @Test
  void classesThatCameOutTheSameAreNotNewer() throws IOException {
    Path target = home.resolve("one-module/target");
    Path compiled = Files.createDirectories(target.resolve("classes/a")).resolve("A.class");
    Path jar = target.resolve("one-module-1.0.0.jar");
    try (var packed = new JarOutputStream(Files.newOutputStream(jar))) {
      packed.putNextEntry(new JarEntry("a/A.class"));
      packed.write("same".getBytes(StandardCharsets.UTF_8));
    }
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    Files.writeString(target.resolve("classpath"), "a.jar");

    Files.writeString(compiled, "same");
    assertThat(ClassPath.of(home.resolve("one-module")).entries()).contains(jar);
    Files.writeString(compiled, "other");
    assertThat(ClassPath.of(home.resolve("one-module")).entries()).doesNotContain(jar);
  }

  private static ClassPath of(String... entries) {
    return new ClassPath(Stream.of(entries).map(Path::of).toList());
  }
}
