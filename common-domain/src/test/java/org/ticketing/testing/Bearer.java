package org.ticketing.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.ticketing.platform.Tokens;
import org.ticketing.stack.system.SystemKeys;

/** Tokens signed with the keys of a running system, and some that only look like them. */
public final class Bearer {

  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private Bearer() {}

  public static String user(SystemKeys keys, UUID userId, String... roles) {
    return user(keys.userTokens(), userId, Instant.now().plus(LIFETIME), roles);
  }

  /** A user's token signed with any key and valid until any moment. */
  public static String user(KeyPair key, UUID userId, Instant expiresAt, String... roles) {
    var rsa =
        new RSAKey.Builder((RSAPublicKey) key.getPublic()).privateKey(key.getPrivate()).build();
    return signed(
        rsa,
        SignatureAlgorithm.RS256,
        JwtClaimsSet.builder()
            .issuer(Tokens.USERS)
            .subject(userId.toString())
            .issuedAt(expiresAt.minus(LIFETIME))
            .expiresAt(expiresAt)
            .claim(Tokens.ROLES, List.of(roles)));
  }

  /** A service's token, as the process with that key signs it. */
  public static String service(KeyPair key, String audience) {
    return service(key, Tokens.SERVICES, audience);
  }

  /** A service's token signed with any key, in the name of any issuer. */
  public static String service(KeyPair key, String issuer, String audience) {
    try {
      var ec =
          new ECKey.Builder(Curve.P_256, (ECPublicKey) key.getPublic())
              .privateKey(key.getPrivate())
              .keyIDFromThumbprint()
              .build();
      Instant now = Instant.now();
      return signed(
          ec,
          SignatureAlgorithm.ES256,
          JwtClaimsSet.builder()
              .issuer(issuer)
              .subject(UUID.randomUUID().toString())
              .audience(List.of(audience))
              .issuedAt(now)
              .expiresAt(now.plus(LIFETIME)));
    } catch (JOSEException noThumbprint) {
      throw new IllegalStateException(noThumbprint);
    }
  }

  private static String signed(JWK key, SignatureAlgorithm algorithm, JwtClaimsSet.Builder claims) {
    return new NimbusJwtEncoder((selector, context) -> List.of(key))
        .encode(JwtEncoderParameters.from(JwsHeader.with(algorithm).build(), claims.build()))
        .getTokenValue();
  }
}
