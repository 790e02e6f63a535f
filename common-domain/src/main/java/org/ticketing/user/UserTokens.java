package org.ticketing.user;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Role;
import org.ticketing.platform.Tokens;
import org.ticketing.user.UserApi.Session;

/** Signs users' tokens with the private key, which this service alone has. */
@Component
class UserTokens {

  private final JwtEncoder encoder;
  private final UserProperties properties;
  private final Clock clock;

  UserTokens(
      UserProperties properties,
      @Value("${" + Tokens.USER_TOKEN_PUBLIC_KEY + "}") RSAPublicKey publicKey,
      ResourceLoader files,
      Clock clock) {
    this.encoder = encoder(publicKey, TokenKey.read(properties.tokenPrivateKey(), files));
    this.properties = properties;
    this.clock = clock;
  }

  private static JwtEncoder encoder(RSAPublicKey publicKey, RSAPrivateKey privateKey) {
    if (!publicKey.getModulus().equals(privateKey.getModulus())) {
      throw new IllegalArgumentException(
          "ticketing.user.token-private-key does not belong to " + Tokens.USER_TOKEN_PUBLIC_KEY);
    }
    var key = new RSAKey.Builder(publicKey).privateKey(privateKey).build();
    return new NimbusJwtEncoder((selector, context) -> List.of(key));
  }

  /** The session ends when its token does, whose times are in whole seconds (RFC 7519). */
  Session sessionOf(AppUser user) {
    Instant now = clock.instant();
    Instant expiry = now.plus(properties.tokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(Tokens.USERS)
            .subject(user.id().toString())
            .issuedAt(now)
            .expiresAt(expiry)
            .claim(Tokens.ROLES, user.operator() ? List.of(Role.OPERATOR.name()) : List.of())
            .build();
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).build();
    String token = encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    return new Session(user.id(), token, expiry, user.operator());
  }
}
