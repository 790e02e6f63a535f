package org.ticketing.experiments.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Classes of this package in a jar, for another JVM. There they have the JDK alone. */
final class PackedClasses {

  private PackedClasses() {}

  /**
   * @param attributes of the manifest
   * @param names of the classes' files, without folders
   */
  static Path in(Path jar, Attributes attributes, List<String> names) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putAll(attributes);
    String folder = PackedClasses.class.getPackageName().replace('.', '/') + "/";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file, manifest)) {
      for (String name : names) {
        packed.putNextEntry(new JarEntry(folder + name));
        try (InputStream code = PackedClasses.class.getResourceAsStream(name)) {
          code.transferTo(packed);
        }
        packed.closeEntry();
      }
    }
    return jar;
  }
}
