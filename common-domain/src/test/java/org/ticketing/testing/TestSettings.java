package org.ticketing.testing;

import java.util.Map;

/** What every tested process is started with, unless its test says otherwise. */
public final class TestSettings {

  /**
   * Reservations need no token of the queue, holds that have run out are not swept before a payment
   * meets them, passwords are hashed fast, and partners and payers are on this machine. Locks are
   * waited for for longer, because tests stop payments with them.
   */
  public static final Map<String, String> ALL =
      Map.of(
          "ticketing.queue.enforced", "false",
          "ticketing.reservation.sweep-interval", "1d",
          "ticketing.user.password-hash-memory", "1024",
          "ticketing.partner.allow-local-addresses", "true",
          "ticketing.payment.asynchronous.webhook.allow-local-addresses", "true",
          "ticketing.payment.asynchronous.lease", "3s",
          "ticketing.timeouts.lock", "5s",
          "ticketing.timeouts.connection", "6s",
          "ticketing.timeouts.answer", "14s");

  private TestSettings() {}
}
