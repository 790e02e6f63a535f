package org.ticketing.user;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Ends accounts. The user is closed in every service in which they could have something, and has
 * withdrawn once all are closed. If one refuses, all are opened again. Every step is idempotent,
 * and belongs to a numbered attempt: whoever goes on with a withdrawal makes another attempt, and
 * what an earlier one still does has no effect.
 */
@Component
class Withdrawing {

  private final UserService users;
  private final Withdrawals withdrawals;
  private final List<Belongings> belongings;

  /**
   * @param belongings of every service that users can have something in, hosted here or remote
   */
  Withdrawing(UserService users, Withdrawals withdrawals, List<Belongings> belongings) {
    this.users = users;
    this.withdrawals = withdrawals;
    this.belongings = belongings;
  }

  /**
   * @throws Refusal the user does not exist, or has something left
   * @throws ServiceUnavailable a service gave no answer; a job goes on
   */
  void withdraw(UUID userId) {
    users.find(userId);
    withdrawals.begin(userId).ifPresent(withdrawal -> attempt(userId, withdrawal));
  }

  /**
   * Goes on with a withdrawal that was interrupted, if there is one.
   *
   * @throws ServiceUnavailable a service gave no answer
   */
  void finish(UUID userId) {
    Optional<Long> withdrawal = withdrawals.resume(userId);
    try {
      withdrawal.ifPresent(number -> attempt(userId, number));
    } catch (Refusal somethingIsLeft) {
      // The user is active again, and nobody waits for the answer.
    }
  }

  private void attempt(UUID userId, long withdrawal) {
    try {
      belongings.forEach(elsewhere -> elsewhere.close(userId, withdrawal));
    } catch (Refusal somethingIsLeft) {
      belongings.forEach(elsewhere -> elsewhere.reopen(userId, withdrawal));
      end(userId, withdrawal, false);
      throw somethingIsLeft;
    }
    end(userId, withdrawal, true);
  }

  /** What becomes of the user is up to the latest attempt. */
  private void end(UUID userId, long withdrawal, boolean withdrawn) {
    if (!withdrawals.end(userId, withdrawal, withdrawn)) {
      throw new ServiceUnavailable("Another request has gone on with this withdrawal.");
    }
  }
}
