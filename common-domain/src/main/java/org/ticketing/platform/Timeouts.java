package org.ticketing.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How long a process waits for others, and others for it. Whoever waits outlasts what is waited for
 * beneath: a call is given up later than the waiting for locks and connections that it causes, so
 * that a caller learns of a failure instead of giving up on work that still goes on. {@code
 * docs/timeouts.md} has the whole order, with the transactions and the recovery of each protocol.
 * The values are in {@code ticketing-defaults.properties}, and those in which a system differs in
 * its {@code application.yml}.
 *
 * @param lock how long a statement waits for what another transaction has locked; in whole seconds,
 *     because InnoDB knows no others
 * @param connect how long a call waits for its connection to be opened, for each address of the
 *     called service
 * @param connection how long a thread waits for a connection of the database's pool
 * @param turn how long a request waits for its turn where only some are handled at once: passwords,
 *     queue tokens, searches
 * @param answer how long a called service may be silent
 * @param body how long a client may take to send the body of a request
 * @param database how long a database may be silent before its connection counts as broken
 * @param idleTransaction how long a database keeps a transaction whose client is silent before it
 *     rolls it back
 */
@ConfigurationProperties(Timeouts.PREFIX)
public record Timeouts(
    Duration lock,
    Duration connection,
    Duration turn,
    Duration connect,
    Duration answer,
    Duration body,
    Duration database,
    Duration idleTransaction) {

  static final String PREFIX = "ticketing.timeouts";

  /**
   * @throws IllegalArgumentException one is not longer than what it has to outlast
   */
  public Timeouts {
    if (lock.toSeconds() < 1 || !lock.equals(Duration.ofSeconds(lock.toSeconds()))) {
      throw new IllegalArgumentException(PREFIX + ".lock must be in whole seconds, not " + lock);
    }
    requireLonger("connection", connection, "lock", lock);
    requireLonger("answer", answer, "lock and connection together", lock.plus(connection));
    requireLonger("answer", answer, "turn", turn);
    requireLonger("database", database, "lock", lock);
    requireLonger("idle-transaction", idleTransaction, "database", database);
  }

  private static void requireLonger(String name, Duration longer, String than, Duration shorter) {
    if (longer.compareTo(shorter) <= 0) {
      throw new IllegalArgumentException(
          "%s.%s (%s) must be longer than %s (%s)".formatted(PREFIX, name, longer, than, shorter));
    }
  }

  /** For what is set up before there are beans. */
  public static Timeouts of(Environment environment) {
    return Binder.get(environment).bind(PREFIX, Timeouts.class).get();
  }

  /** The longest time after which a call of another service has ended, one way or another. */
  public Duration call() {
    return connect.plus(answer);
  }
}
