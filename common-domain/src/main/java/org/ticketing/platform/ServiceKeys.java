package org.ticketing.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * The keys of services' tokens (ECDSA on the curve P-256). A process has one private key, which no
 * other process has, and the public keys of all services. Services that share a process share its
 * key, and so the rights of each other.
 */
final class ServiceKeys {

  /** The property that holds the private key of this process, PEM or its location. No default. */
  static final String PRIVATE_KEY = "ticketing.security.service-token-private-key";

  /** Followed by the name of a service, the property that holds its public key. No defaults. */
  static final String PUBLIC_KEYS = "ticketing.security.service-token-public-keys.";

  private static final String PEM = "-----";
  private static final String PEM_LABEL = PEM + "[A-Z ]+" + PEM;

  private final ResourceLoader files;
  private final Map<ECKey, Set<Service>> owners = new LinkedHashMap<>();
  private final ECKey own;

  /**
   * @throws IllegalArgumentException a key is missing, no key, or the private one belongs to none
   *     of the services that the process hosts
   */
  ServiceKeys(Environment environment, ResourceLoader files) {
    this.files = files;
    for (Service service : Service.values()) {
      String name = PUBLIC_KEYS + service.id();
      ECKey key = publicKey(name, environment.getRequiredProperty(name));
      owners.computeIfAbsent(key, added -> EnumSet.noneOf(Service.class)).add(service);
    }
    this.own =
        ownKey(
            privateKey(environment.getRequiredProperty(PRIVATE_KEY)), Service.hosted(environment));
  }

  /** The key that this process signs with. */
  ECKey own() {
    return own;
  }

  /** The keys that tokens are verified with; the id of each is its thumbprint (RFC 7638). */
  JWKSource<SecurityContext> all() {
    return new ImmutableJWKSet<>(new JWKSet(List.copyOf(owners.keySet())));
  }

  /** The services in whose name the key with this id signs; none if there is no such key. */
  Set<Service> ownersOf(Object keyId) {
    return owners.entrySet().stream()
        .filter(key -> key.getKey().getKeyID().equals(keyId))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Set.of());
  }

  private ECKey ownKey(ECPrivateKey privateKey, Set<Service> hosted) {
    try {
      for (Map.Entry<ECKey, Set<Service>> key : owners.entrySet()) {
        if (hosted.stream().anyMatch(key.getValue()::contains)
            && belongTogether(privateKey, key.getKey().toECPublicKey())) {
          return new ECKey.Builder(key.getKey()).privateKey(privateKey).build();
        }
      }
    } catch (GeneralSecurityException | JOSEException unusable) {
      throw new IllegalArgumentException(PRIVATE_KEY + " cannot sign", unusable);
    }
    throw new IllegalArgumentException(
        PRIVATE_KEY + " belongs to the public key of no service that this process hosts");
  }

  private static boolean belongTogether(ECPrivateKey privateKey, ECPublicKey publicKey)
      throws GeneralSecurityException {
    byte[] probe = PRIVATE_KEY.getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(privateKey);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(probe);
    return signature.verify(signed);
  }

  private ECKey publicKey(String property, String key) {
    try {
      var read =
          (ECPublicKey)
              KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(decoded(key)));
      return new ECKey.Builder(Curve.P_256, read).keyIDFromThumbprint().build();
    } catch (IOException | GeneralSecurityException | JOSEException | RuntimeException unusable) {
      throw new IllegalArgumentException(
          property + " is neither a public key (PEM, EC, P-256) nor the location of one", unusable);
    }
  }

  /** The exception has no cause, because that could tell the key. */
  private ECPrivateKey privateKey(String key) {
    try {
      return (ECPrivateKey)
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(decoded(key)));
    } catch (IOException | GeneralSecurityException | RuntimeException secret) {
      throw new IllegalArgumentException(
          PRIVATE_KEY + " is neither a private key (PEM, PKCS #8, EC) nor the location of one");
    }
  }

  private byte[] decoded(String key) throws IOException {
    String pem =
        key.startsWith(PEM)
            ? key
            : files.getResource(key).getContentAsString(StandardCharsets.US_ASCII);
    return Base64.getMimeDecoder().decode(pem.replaceAll(PEM_LABEL, ""));
  }
}
