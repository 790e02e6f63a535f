package org.ticketing.user;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param tokenPrivateKey private key that signs users' tokens (RSA): PEM (PKCS #8), or its
 *     location. No default
 * @param tokenLifetime how long a token is valid, even if its user withdraws meanwhile
 * @param loginFailures how many failed logins an e-mail address allows before further ones are
 *     refused. A stranger can thereby lock a user out, but cannot go on guessing
 * @param loginPause how long logins are refused after so many failures; failures are forgotten
 *     after the same time
 * @param passwordHashMemory memory for one password hash (Argon2id, two passes) in KiB; OWASP's
 *     recommendation by default
 * @param operatorEmail e-mail address of the first operator, who is registered when the service
 *     starts; none if empty
 * @param operatorPassword password that the first operator is registered with
 */
@Validated
@ConfigurationProperties("ticketing.user")
record UserProperties(
    @NotBlank String tokenPrivateKey,
    @DefaultValue("1h") @NotNull @DurationMin(seconds = 10) Duration tokenLifetime,
    @DefaultValue("5") @Min(1) int loginFailures,
    @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) Duration loginPause,
    @DefaultValue("19456") @Min(1024) int passwordHashMemory,
    @DefaultValue("") String operatorEmail,
    @DefaultValue("") String operatorPassword) {

  @Override
  public String toString() {
    return "UserProperties";
  }
}
