package org.ticketing.user;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;
import org.ticketing.platform.Refusal;

/** Users and their accounts. */
@HttpExchange("/users")
public interface UserApi {

  /** Refused with {@code email-taken}. */
  @PostExchange
  UserView register(@Valid @RequestBody Registration registration);

  /** Refused with {@code unknown-user}. */
  @GetExchange("/{userId}")
  UserView find(@PathVariable("userId") UUID userId);

  /** Refused with {@code unknown-user}, {@code user-withdrawn} or {@code email-taken}. */
  @PutExchange("/{userId}")
  UserView update(
      @PathVariable("userId") UUID userId, @Valid @RequestBody Registration registration);

  /**
   * Ends the account; the e-mail address stays taken. Idempotent. Refused with {@code
   * unknown-user}, {@code points-remain} or {@code reservations-remain}.
   */
  @DeleteExchange("/{userId}")
  void withdraw(@PathVariable("userId") UUID userId);

  record Registration(
      @NotNull @Email @Size(max = 254) String email, @NotBlank @Size(max = 100) String name) {}

  record UserView(UUID id, String email, String name, boolean active) {

    /**
     * @throws Refusal {@code user-withdrawn}
     */
    public void requireActive() {
      if (!active) {
        throw new Refusal("user-withdrawn", HttpStatus.CONFLICT, "This user has withdrawn.");
      }
    }
  }
}
