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
 * @param tokenPrivateKey signs users' tokens: PEM (PKCS #8) or its location. No default
 * @param tokenLifetime how long a token signs its user in; a withdrawn user's too
 * @param loginFailures how many tries an e-mail address has before it is refused, whoever makes
 *     them: a stranger can keep its user out, but guess no further
 * @param loginPause for how long it is refused, and after which failures are forgotten
 * @param passwordHashMemory what a guess costs (Argon2id, two passes), in KiB; OWASP's
 *     recommendation by default
 * @param operatorEmail an account that is made an operator when the service starts; none if empty
 * @param operatorPassword of that account, if it does not exist yet
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
