package org.ticketing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.yaml.snakeyaml.Yaml;

/** Runs docker/secrets.sh, which needs openssl. */
class SecretsScriptTest {

  private static final Path DOCKER =
      Path.of(System.getProperty(StackOptions.HOME_PROPERTY)).resolve("docker");
  private static final String PUBLIC_KEYS = "public/ticketing.security.service-token-public-keys.";

  @TempDir private Path folder;

  private Path secrets;

  @BeforeEach
  void make() throws Exception {
    secrets = folder.resolve("secrets");
    assumeTrue(shell("openssl version") == 0, "openssl is not installed");
    makeSecrets();
  }

  @Test
  void makesWhatComposeMounts() throws IOException {
    Map<String, ?> mounted;
    try (Reader text = Files.newBufferedReader(DOCKER.resolve("compose.yaml"))) {
      Map<String, Map<String, ?>> whole = new Yaml().load(text);
      mounted = whole.get("secrets");
    }

    assertThat(
            contents().keySet().stream()
                .filter(name -> !name.startsWith("public/"))
                .collect(Collectors.toSet()))
        .isEqualTo(mounted.keySet());
  }

  @Test
  void theFolderIsClosedAndItsFilesAreReadable() throws IOException {
    assertThat(permissions(secrets)).isEqualTo("rwx------");
    for (String name : contents().keySet()) {
      assertThat(permissions(secrets.resolve(name))).as(name).isEqualTo("r--r--r--");
    }
  }

  @Test
  void keysBelongTogether() throws Exception {
    for (String service : SystemDescription.SERVICES) {
      assertThat(belongTogether("EC", service + "-private-key", PUBLIC_KEYS + service))
          .as(service)
          .isTrue();
    }
    assertThat(
            belongTogether(
                "RSA", "user-token-private-key", "public/ticketing.security.user-token-public-key"))
        .isTrue();
  }

  @Test
  void whatIsThereIsKept() throws Exception {
    Map<String, String> before = contents();

    makeSecrets();

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void whatIsMissingIsMadeAndNothingElseChanged() throws Exception {
    Map<String, String> before = contents();
    Files.delete(secrets.resolve("operator-password"));
    Files.delete(secrets.resolve(PUBLIC_KEYS + "seat"));
    Files.delete(secrets.resolve("payment-private-key"));

    makeSecrets();

    Map<String, String> after = contents();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(belongTogether("EC", "payment-private-key", PUBLIC_KEYS + "payment")).isTrue();
    assertThat(
            after.keySet().stream()
                .filter(name -> !after.get(name).equals(before.get(name)))
                .toList())
        .containsExactlyInAnyOrder(
            "operator-password", "payment-private-key", PUBLIC_KEYS + "payment");
  }

  /** As the script leaves it when the disk is full. */
  @Test
  void anEmptyFileIsMadeAnew() throws Exception {
    Path password = secrets.resolve("operator-password");
    Files.delete(password);
    Files.createFile(password);

    makeSecrets();

    assertThat(Files.readString(password)).isNotBlank();
  }

  private void makeSecrets() throws Exception {
    assertThat(shell("sh '" + DOCKER.resolve("secrets.sh") + "' '" + secrets + "'"))
        .as(Files.readString(folder.resolve("output")))
        .isZero();
  }

  private int shell(String script) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", script)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start()
        .waitFor();
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(secrets)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(secrets.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private boolean belongTogether(String algorithm, String privateFile, String publicFile)
      throws Exception {
    KeyFactory keys = KeyFactory.getInstance(algorithm);
    PrivateKey own = keys.generatePrivate(new PKCS8EncodedKeySpec(decoded(privateFile)));
    PublicKey known = keys.generatePublic(new X509EncodedKeySpec(decoded(publicFile)));
    Signature signature =
        Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    byte[] text = privateFile.getBytes(StandardCharsets.UTF_8);
    signature.initSign(own);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update(text);
    return signature.verify(signed);
  }

  private byte[] decoded(String pem) throws IOException {
    return Base64.getMimeDecoder()
        .decode(Files.readString(secrets.resolve(pem)).replaceAll("-----[A-Z ]+-----", ""));
  }
}
