package org.ticketing.stack.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.run.ClassPath;

class StartCacheTest {

  @TempDir private Path folder;

  @Test
  void archivesNoClassThatAnAgentCouldNotRead() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (var packed = new JarOutputStream(Files.newOutputStream(jar))) {
      packed.putNextEntry(new JarEntry("a/Plain.class"));
      packed.putNextEntry(new JarEntry("META-INF/versions/11/a/Newer.class"));
    }

    assertThat(
            StartCache.withFiles(
                List.of(
                    "java/lang/Object",
                    "a/Plain",
                    "a/Newer",
                    "@lambda-proxy a/Plain run ()Ljava/lang/Runnable;",
                    "@lambda-proxy a/Newer run ()Ljava/lang/Runnable;",
                    "@lambda-form-invoker [SPECIES_RESOLVE] LL"),
                new ClassPath(List.of(jar))))
        .containsExactly(
            "java/lang/Object", "a/Plain", "@lambda-proxy a/Plain run ()Ljava/lang/Runnable;");
  }
}
