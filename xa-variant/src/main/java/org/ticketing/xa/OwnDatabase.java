package org.ticketing.xa;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The database of the coordinator's process as a participant, which work and messages reach without
 * HTTP.
 */
interface OwnDatabase extends BranchApi {

  /**
   * Opens a connection whose work belongs to the branch.
   *
   * @throws SQLException the branch has ended
   */
  Connection open(Enlistment enlistment) throws SQLException;

  /** Nobody works in the branch any more, or tells it anything. */
  void leave(BranchXid branch);
}
