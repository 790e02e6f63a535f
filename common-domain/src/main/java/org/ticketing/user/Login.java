package org.ticketing.user;

import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ResourceLoader;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.Role;
import org.ticketing.platform.Tokens;
import org.ticketing.user.UserApi.Credentials;
import org.ticketing.user.UserApi.PasswordChange;
import org.ticketing.user.UserApi.Session;
import org.ticketing.user.UserApi.UserView;

/** Checks passwords and signs users' tokens. */
@Component
class Login {

  private final UserRepository users;
  private final UserService service;
  private final Passwords passwords;
  private final LoginAttempts attempts;
  private final UserProperties properties;
  private final JwtEncoder tokens;
  private final Clock clock;

  /** Compared with where there is no user, so that a refusal takes the same time either way. */
  private final String hashOfNobody;

  Login(
      UserRepository users,
      UserService service,
      Passwords passwords,
      LoginAttempts attempts,
      UserProperties properties,
      @Value("${" + Tokens.USER_TOKEN_PUBLIC_KEY + "}") RSAPublicKey publicKey,
      ResourceLoader files,
      Clock clock) {
    this.users = users;
    this.service = service;
    this.passwords = passwords;
    this.attempts = attempts;
    this.properties = properties;
    this.tokens = encoder(publicKey, TokenKey.read(properties.tokenPrivateKey(), files));
    this.clock = clock;
    this.hashOfNobody = passwords.hash(UUID.randomUUID().toString());
  }

  private static JwtEncoder encoder(RSAPublicKey publicKey, RSAPrivateKey privateKey) {
    if (!publicKey.getModulus().equals(privateKey.getModulus())) {
      throw new IllegalArgumentException(
          "ticketing.user.token-private-key does not belong to " + Tokens.USER_TOKEN_PUBLIC_KEY);
    }
    var key = new RSAKey.Builder(publicKey).privateKey(privateKey).build();
    return new NimbusJwtEncoder((selector, context) -> List.of(key));
  }

  Session logIn(Credentials credentials) {
    return session(authenticate(credentials));
  }

  private AppUser authenticate(Credentials credentials) {
    String email = AppUser.normalised(credentials.email());
    attempts.count(email);
    Optional<AppUser> user = users.findByEmail(email);
    String hash = user.map(AppUser::passwordHash).orElse(hashOfNobody);
    boolean matches = passwords.match(credentials.password(), hash);
    if (!matches || user.isEmpty() || !user.get().active()) {
      throw wrongCredentials();
    }
    attempts.forget(email);
    return user.get();
  }

  /** Counts as a login: who holds somebody's token does not get to guess the password either. */
  void changePassword(UUID userId, PasswordChange change) {
    UserView user = service.find(userId);
    user.requireActive();
    authenticate(new Credentials(user.email(), change.current()));
    service.changePassword(userId, passwords.hash(change.replacement()));
  }

  private static Refusal wrongCredentials() {
    return new Refusal(Reason.WRONG_CREDENTIALS, "There is no such user and password.");
  }

  private Session session(AppUser user) {
    Instant now = clock.instant();
    Instant expiry = now.plus(properties.tokenLifetime());
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(Tokens.USERS)
            .subject(user.id().toString())
            .issuedAt(now)
            .expiresAt(expiry)
            .claim(Tokens.ROLES, user.operator() ? List.of(Role.OPERATOR.name()) : List.of())
            .build();
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).build();
    String token = tokens.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    return new Session(user.id(), token, expiry, user.operator());
  }
}
