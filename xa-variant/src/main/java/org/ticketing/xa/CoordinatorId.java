package org.ticketing.xa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose a branch is. The name is configured. The identity is made once, when a coordinator of that
 * name first uses a database or a log: two coordinators of one name whose decisions are not in the
 * same place have different identities.
 */
record CoordinatorId(String name, String identity) {

  /** As long as {@code CoordinatorSettings.name} and the limits of an Xid allow. */
  private static final int LENGTH = 8;

  private static final Pattern MILLIS = Pattern.compile("/(\\d{13,14})\\d{5}$");

  /** Returns a new identity for that name. */
  static CoordinatorId create(String name) {
    return new CoordinatorId(name, UUID.randomUUID().toString().substring(0, LENGTH));
  }

  /** Returns whose a branch is; empty if it is of no coordinator of this system. */
  static Optional<CoordinatorId> of(BranchXid branch) {
    return parse(new String(branch.getBranchQualifier(), US_ASCII));
  }

  /**
   * @param text begins with what {@link #prefix()} returns
   */
  static Optional<CoordinatorId> parse(String text) {
    String[] parts = text.split("/", 3);
    return parts.length == 3
        ? Optional.of(new CoordinatorId(parts[0], parts[1]))
        : Optional.empty();
  }

  /**
   * Returns when a transaction has begun: Atomikos puts the milliseconds since 1970 into its name,
   * before five digits that count ({@code UniqueIdMgr}).
   *
   * @return empty if the name of the transaction does not end so
   */
  static Optional<Instant> begin(String transaction) {
    Matcher number = MILLIS.matcher(transaction);
    return number.find()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(number.group(1))))
        : Optional.empty();
  }

  /**
   * Returns what its transactions and branches begin with. Atomikos takes every branch that begins
   * so for its own: without the slash, coordinator "a" would own the branches of coordinator "a1".
   */
  String prefix() {
    return name + "/" + identity + "/";
  }

  @Override
  public String toString() {
    return name + "/" + identity;
  }
}
