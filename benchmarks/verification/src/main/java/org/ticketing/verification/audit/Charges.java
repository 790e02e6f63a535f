package org.ticketing.verification.audit;

import static java.util.stream.Collectors.toSet;

import java.util.Set;
import java.util.UUID;
import org.ticketing.verification.audit.Books.ChargeRow;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Charge;

/**
 * The charges that a history knows of.
 *
 * @param told those that clients were told of: they must be in the wallets
 * @param asked all of them: they may be
 * @param users of whom the history knows every charge
 */
record Charges(Set<ChargeRow> told, Set<ChargeRow> asked, Set<UUID> users) {

  static Charges in(History history) {
    return new Charges(
        history
            .operations(Charge.class)
            .filter(Charge::answered)
            .map(ChargeRow::of)
            .collect(toSet()),
        history.operations(Charge.class).map(ChargeRow::of).collect(toSet()),
        history.operations(Charge.class).map(Charge::user).collect(toSet()));
  }

  /** Whether the charge was asked for, or may have been without the history knowing of it. */
  boolean allows(ChargeRow charge) {
    return asked.contains(charge) || !users.contains(charge.userId());
  }
}
