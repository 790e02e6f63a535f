package org.ticketing.stack.system;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.ticketing.stack.run.Secrets;

/**
 * Key material of the systems of one stack, generated when it starts and given to their processes
 * through the environment, where no other user of the machine can read it.
 *
 * @param serviceSecret the secret that services prove by to each other that they are services
 * @param userTokens the key that the user service signs users' tokens with
 * @param operatorPassword the password of {@link #OPERATOR}
 */
public record SystemKeys(String serviceSecret, KeyPair userTokens, String operatorPassword) {

  /** The e-mail address of the operator that every system starts with. */
  public static final String OPERATOR = "operator@example.org";

  private static final int RSA_BITS = 2048;
  private static final int LINE = 64;

  public static SystemKeys generate() {
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(RSA_BITS);
      return new SystemKeys(Secrets.random(32), rsa.generateKeyPair(), Secrets.random(12));
    } catch (NoSuchAlgorithmException everyJdkHasRsa) {
      throw new IllegalStateException(everyJdkHasRsa);
    }
  }

  /** The properties with the keys that a process hosting these services needs, and no others. */
  public Map<String, String> properties(Collection<String> services) {
    Map<String, String> properties = new HashMap<>();
    properties.put("ticketing.security.service-secret", serviceSecret);
    properties.put(
        "ticketing.security.user-token-public-key",
        pem("PUBLIC KEY", userTokens.getPublic().getEncoded()));
    if (services.contains("user")) {
      properties.put(
          "ticketing.user.token-private-key",
          pem("PRIVATE KEY", userTokens.getPrivate().getEncoded()));
      properties.put("ticketing.user.operator-email", OPERATOR);
      properties.put("ticketing.user.operator-password", operatorPassword);
    }
    return properties;
  }

  private static String pem(String label, byte[] key) {
    String encoded = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, encoded);
  }

  @Override
  public String toString() {
    return "SystemKeys";
  }
}
