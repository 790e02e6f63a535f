package org.ticketing.user;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/** Users and their accounts. */
@HttpExchange
public interface UserApi {

  int SHORTEST_PASSWORD = 8;

  /** Refused with {@code email-taken}. */
  @PostExchange("/users")
  UserView register(@Valid @RequestBody Registration registration);

  /**
   * Signs a user in. Refused with {@code wrong-credentials}, whatever is wrong with them, or with
   * {@code too-many-logins} after too many failures with this e-mail address.
   */
  @PostExchange("/login")
  Session logIn(@Valid @RequestBody Credentials credentials);

  /** Refused with {@code unknown-user}. */
  @GetExchange("/users/{userId}")
  UserView find(@PathVariable("userId") UUID userId);

  /** Refused with {@code unknown-user}, {@code user-withdrawn} or {@code email-taken}. */
  @PutExchange("/users/{userId}")
  UserView update(@PathVariable("userId") UUID userId, @Valid @RequestBody Profile profile);

  /** Refused with {@code unknown-user}, {@code user-withdrawn} or {@code wrong-credentials}. */
  @PutExchange("/users/{userId}/password")
  void changePassword(
      @PathVariable("userId") UUID userId, @Valid @RequestBody PasswordChange change);

  /**
   * Ends the account; the e-mail address stays taken. Idempotent. Refused with {@code
   * unknown-user}, {@code reservations-remain}, {@code points-remain} or, while a payment is under
   * way, {@code payment-in-progress}. After {@code service-unavailable} the withdrawal goes on by
   * itself, and either ends the account or, if something is left, does not.
   */
  @DeleteExchange("/users/{userId}")
  void withdraw(@PathVariable("userId") UUID userId);

  record Profile(
      @Schema(example = "ann@example.org") @NotNull @Email @Size(max = 254) String email,
      @Schema(example = "Ann") @NotBlank @Size(max = 100) String name) {}

  record Registration(
      @Schema(example = "ann@example.org") @NotNull @Email @Size(max = 254) String email,
      @Schema(example = "Ann") @NotBlank @Size(max = 100) String name,
      @Schema(example = "correct horse battery staple")
          @NotNull
          @Size(min = SHORTEST_PASSWORD, max = 200)
          String password) {

    @Override
    public String toString() {
      return "Registration of " + email;
    }
  }

  record Credentials(
      @Schema(example = "ann@example.org") @NotNull @Size(max = 254) String email,
      @Schema(example = "correct horse battery staple") @NotNull @Size(max = 200) String password) {

    @Override
    public String toString() {
      return "Credentials of " + email;
    }
  }

  record PasswordChange(
      @NotNull @Size(max = 200) String current,
      @NotNull @Size(min = SHORTEST_PASSWORD, max = 200) String replacement) {

    @Override
    public String toString() {
      return "PasswordChange";
    }
  }

  /**
   * @param token to be sent as {@code Authorization: Bearer} until it expires
   * @param operator whether it also allows administration
   */
  record Session(UUID userId, String token, Instant expiresAt, boolean operator) {

    @Override
    public String toString() {
      return "Session of " + userId;
    }
  }

  record UserView(UUID id, String email, String name, boolean active) {

    /**
     * @throws Refusal {@code user-withdrawn}
     */
    public void requireActive() {
      if (!active) {
        throw new Refusal(Reason.USER_WITHDRAWN, "This user has withdrawn.");
      }
    }
  }
}
