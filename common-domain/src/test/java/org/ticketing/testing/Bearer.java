package org.ticketing.testing;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
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
    return encoded(
        new NimbusJwtEncoder((selector, context) -> List.of(rsa)),
        SignatureAlgorithm.RS256,
        Tokens.USERS,
        userId.toString(),
        expiresAt,
        roles);
  }

  public static String service(SystemKeys keys) {
    return service(keys.serviceSecret(), Tokens.SERVICES);
  }

  /** A service's token signed with any secret in the name of any issuer. */
  public static String service(String secret, String issuer, String... roles) {
    var key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    return encoded(
        new NimbusJwtEncoder(new ImmutableSecret<>(key)),
        MacAlgorithm.HS256,
        issuer,
        UUID.randomUUID().toString(),
        Instant.now().plus(LIFETIME),
        roles);
  }

  private static String encoded(
      JwtEncoder encoder,
      JwsAlgorithm algorithm,
      String issuer,
      String subject,
      Instant expiresAt,
      String... roles) {
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(issuer)
            .subject(subject)
            .issuedAt(expiresAt.minus(LIFETIME))
            .expiresAt(expiresAt)
            .claim(Tokens.ROLES, List.of(roles))
            .build();
    return encoder
        .encode(JwtEncoderParameters.from(JwsHeader.with(algorithm).build(), claims))
        .getTokenValue();
  }
}
