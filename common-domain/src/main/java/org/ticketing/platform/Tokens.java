package org.ticketing.platform;

import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
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
 * signed by each process with a key of its own, and name the service that they are for: no other
 * process accepts them. The issuer tells which kind a token is, and each kind is verified only with
 * its own keys.
 */
public class Tokens {

  /** Issuer of users' tokens. */
  public static final String USERS = "ticketing-users";

  /** Issuer of services' tokens. */
  public static final String SERVICES = "ticketing-services";

  /** The claim that lists what a user is besides a user. */
  public static final String ROLES = "roles";

  /** The property that holds the public key of users' tokens, PEM or its location. No default. */
  public static final String USER_TOKEN_PUBLIC_KEY = "ticketing.security.user-token-public-key";

  private static final String KEY_ID = "kid";

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration RENEWAL = Duration.ofMinutes(1);

  /** How far the clocks of two processes may differ. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

  private final String process;
  private final Set<Service> hosted;
  private final RSAPublicKey usersKey;
  private final ServiceKeys serviceKeys;
  private final JwtEncoder encoder;
  private final Clock clock;
  private final Map<String, Jwt> own = new ConcurrentHashMap<>();

  Tokens(
      Environment environment,
      @Value("${" + USER_TOKEN_PUBLIC_KEY + "}") RSAPublicKey usersKey,
      ServiceKeys serviceKeys,
      Clock clock) {
    this.process = environment.getProperty("spring.application.name", "service");
    this.hosted = Service.hosted(environment);
    this.usersKey = usersKey;
    this.serviceKeys = serviceKeys;
    this.encoder = new NimbusJwtEncoder((selector, context) -> List.of(serviceKeys.own()));
    this.clock = clock;
  }

  /**
   * A token that says to a service which services this process is; valid for a minute or more. It
   * is signed once and used until it has to be renewed.
   *
   * @param service the name of the service that is called
   */
  String toCall(String service) {
    Jwt current = own.get(service);
    Instant now = clock.instant();
    if (current == null || now.isAfter(current.getExpiresAt().minus(RENEWAL))) {
      current =
          encoder.encode(
              JwtEncoderParameters.from(
                  JwsHeader.with(SignatureAlgorithm.ES256).build(),
                  JwtClaimsSet.builder()
                      .issuer(SERVICES)
                      .subject(process)
                      .audience(List.of(service))
                      .issuedAt(now)
                      .expiresAt(now.plus(LIFETIME))
                      .build()));
      own.put(service, current);
    }
    return current.getTokenValue();
  }

  /** The managers that verify tokens, by the issuer of the tokens. */
  Map<String, AuthenticationManager> authenticators() {
    var lifetime = new JwtTimestampValidator(CLOCK_SKEW);
    return Map.of(
        USERS,
        authenticator(
            NimbusJwtDecoder.withPublicKey(usersKey)
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .build(),
            lifetime,
            Tokens::rolesOfUser),
        SERVICES,
        authenticator(
            NimbusJwtDecoder.withJwkSource(serviceKeys.all())
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build(),
            new DelegatingOAuth2TokenValidator<>(lifetime, forThisProcess()),
            this::rightsOfService));
  }

  private OAuth2TokenValidator<Jwt> forThisProcess() {
    return new JwtClaimValidator<Collection<String>>(
        JwtClaimNames.AUD,
        audience ->
            audience != null && hosted.stream().map(Service::id).anyMatch(audience::contains));
  }

  private static AuthenticationManager authenticator(
      NimbusJwtDecoder decoder,
      OAuth2TokenValidator<Jwt> validator,
      Converter<Jwt, Collection<GrantedAuthority>> rights) {
    decoder.setJwtValidator(validator);
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(rights);
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

  /** What a service may do depends on the key alone that its token was verified with. */
  private Collection<GrantedAuthority> rightsOfService(Jwt token) {
    return Stream.concat(
            Stream.of(Role.SERVICE.authority()),
            serviceKeys.ownersOf(token.getHeaders().get(KEY_ID)).stream().map(Service::authority))
        .toList();
  }
}
