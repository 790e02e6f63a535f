package org.ticketing.platform;

/**
 * Ends an INSERT so that it has no effect if a row with the same key is there. It waits for a
 * transaction that is inserting one, and never fails because of it.
 *
 * <p>On MySQL the row is then locked, as by an UPDATE. With INSERT IGNORE those that have waited
 * would share the lock, and end in a deadlock when they lock the row to change it.
 */
@FunctionalInterface
public interface ConflictClause {

  /**
   * @param key the column of the primary key
   */
  String doNothing(String key);
}
