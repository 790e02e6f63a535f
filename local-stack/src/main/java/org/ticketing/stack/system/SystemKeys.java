package org.ticketing.stack.system;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ticketing.stack.run.Secrets;

/**
 * Key material of the systems of one stack, generated when it starts and given to their processes
 * through the environment, where no other user of the machine can read it.
 *
 * @param serviceTokens the keys that services sign their tokens with, by service
 * @param userTokens the key that the user service signs users' tokens with
 * @param operatorPassword the password of {@link #OPERATOR}
 * @param scrapeToken the token with which the metrics of every process are read
 */
public record SystemKeys(
    Map<String, KeyPair> serviceTokens,
    KeyPair userTokens,
    String operatorPassword,
    String scrapeToken) {

  /** The e-mail address of the operator that every system starts with. */
  public static final String OPERATOR = "operator@example.org";

  private static final int RSA_BITS = 2048;
  private static final int P_256_BITS = 256;
  private static final int LINE = 64;

  public static SystemKeys generate() {
    return new SystemKeys(
        SystemDescription.SERVICES.stream()
            .collect(Collectors.toMap(Function.identity(), service -> pair("EC", P_256_BITS))),
        pair("RSA", RSA_BITS),
        Secrets.random(12),
        Secrets.random(12));
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * The key that the process of a service signs its tokens with. A process has one, so services
   * that share a process share the key of the first of them.
   *
   * @param processes the services that each process of the system hosts
   */
  public KeyPair serviceToken(String service, Collection<List<String>> processes) {
    return processes.stream()
        .filter(hosted -> hosted.contains(service))
        .map(hosted -> serviceTokens.get(hosted.get(0)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no process hosts " + service));
  }

  /**
   * The properties with the keys that a process needs, and no others.
   *
   * @param services the services that the process hosts
   * @param processes the services that each process of the system hosts
   */
  public Map<String, String> properties(List<String> services, Collection<List<String>> processes) {
    Map<String, String> properties = new HashMap<>();
    for (String service : SystemDescription.SERVICES) {
      properties.put(
          "ticketing.security.service-token-public-keys." + service,
          pem("PUBLIC KEY", serviceToken(service, processes).getPublic()));
    }
    properties.put(
        "ticketing.security.service-token-private-key",
        pem("PRIVATE KEY", serviceToken(services.get(0), processes).getPrivate()));
    properties.put(
        "ticketing.security.user-token-public-key", pem("PUBLIC KEY", userTokens.getPublic()));
    properties.put("ticketing.security.scrape-token", scrapeToken);
    if (services.contains("user")) {
      properties.put(
          "ticketing.user.token-private-key", pem("PRIVATE KEY", userTokens.getPrivate()));
      properties.put("ticketing.user.operator-email", OPERATOR);
      properties.put("ticketing.user.operator-password", operatorPassword);
    }
    return properties;
  }

  private static String pem(String label, Key key) {
    String encoded =
        Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, encoded);
  }

  @Override
  public String toString() {
    return "SystemKeys";
  }
}
