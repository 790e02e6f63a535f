package org.ticketing.platform;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * The two kinds of signed, expiring tokens (RFC 7519) that callers present. Users' tokens are
 * signed by the user service with a private key that no other process has. Services' tokens are
 * signed by each process with a secret that all processes share and no user ever sees. The issuer
 * tells which kind a token is, and each kind is verified only with its own key.
 */
public class Tokens {

  /** Issuer of users' tokens. */
  public static final String USERS = "ticketing-users";

  /** Issuer of services' tokens. */
  public static final String SERVICES = "ticketing-services";

  /** The claim that lists what a user is besides a user. */
  public static final String ROLES = "roles";

  /** The property that holds the services' secret, alike in all processes. No default. */
  public static final String SERVICE_SECRET = "ticketing.security.service-secret";

  /** The property that holds the public key of users' tokens, PEM or its location. No default. */
  public static final String USER_TOKEN_PUBLIC_KEY = "ticketing.security.user-token-public-key";

  /** HMAC-SHA256 needs a key as long as its result (RFC 7518, section 3.2). */
  private static final int SHORTEST_SECRET = 32;

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration RENEWAL = Duration.ofMinutes(1);

  /** How far the clocks of two processes may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  private final String process;
  private final RSAPublicKey usersKey;
  private final SecretKey servicesKey;
  private final JwtEncoder services;
  private final Clock clock;
  private volatile Jwt own;

  Tokens(
      @Value("${spring.application.name:service}") String process,
      @Value("${" + USER_TOKEN_PUBLIC_KEY + "}") RSAPublicKey usersKey,
      @Value("${" + SERVICE_SECRET + "}") String secret,
      Clock clock) {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          SERVICE_SECRET + " must have at least " + SHORTEST_SECRET + " characters");
    }
    this.process = process;
    this.usersKey = usersKey;
    this.servicesKey =
        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MacAlgorithm.HS256.getName());
    this.services = new NimbusJwtEncoder(new ImmutableSecret<>(servicesKey));
    this.clock = clock;
  }

  /** A token that says this process is a service; valid for a minute or more. */
  String ofThisService() {
    Jwt current = own;
    Instant now = clock.instant();
    if (current == null || now.isAfter(current.getExpiresAt().minus(RENEWAL))) {
      current =
          services.encode(
              JwtEncoderParameters.from(
                  JwsHeader.with(MacAlgorithm.HS256).build(),
                  JwtClaimsSet.builder()
                      .issuer(SERVICES)
                      .subject(process)
                      .issuedAt(now)
                      .expiresAt(now.plus(LIFETIME))
                      .build()));
      own = current;
    }
    return current.getTokenValue();
  }

  /** The managers that verify tokens, by the issuer of the tokens. */
  Map<String, AuthenticationManager> authenticators() {
    return Map.of(
        USERS,
        authenticator(
            NimbusJwtDecoder.withPublicKey(usersKey)
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build(),
            Tokens::rolesOfUser),
        SERVICES,
        authenticator(
            NimbusJwtDecoder.withSecretKey(servicesKey).macAlgorithm(MacAlgorithm.HS256).build(),
            token -> List.of(Role.SERVICE.authority())));
  }

  private static AuthenticationManager authenticator(
      NimbusJwtDecoder decoder, Converter<Jwt, Collection<GrantedAuthority>> roles) {
    decoder.setJwtValidator(new JwtTimestampValidator(CLOCK_SKEW));
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(roles);
    var provider = new JwtAuthenticationProvider(decoder);
    provider.setJwtAuthenticationConverter(converter);
    return provider::authenticate;
  }

  private static Collection<GrantedAuthority> rolesOfUser(Jwt token) {
    List<String> roles = Optional.ofNullable(token.getClaimAsStringList(ROLES)).orElse(List.of());
    return Stream.of(Role.USER, Role.OPERATOR)
        .filter(role -> role == Role.USER || roles.contains(role.name()))
        .map(Role::authority)
        .toList();
  }
}
