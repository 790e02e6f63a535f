package org.ticketing.xa;

import java.sql.Connection;
import java.sql.SQLException;

/** Holds, for each thread, the branch of this process's database in which the thread works. */
final class CurrentBranch {

  private static final ThreadLocal<Connections> CURRENT = new ThreadLocal<>();

  private CurrentBranch() {}

  /** What a thread needs of the branch. */
  interface Connections {

    /**
     * @throws SQLException the branch has ended
     */
    Connection open() throws SQLException;
  }

  /** Returns the connections of this thread's branch, or null if it works in none. */
  static Connections get() {
    return CURRENT.get();
  }

  static void set(Connections branch) {
    CURRENT.set(branch);
  }

  static void clear() {
    CURRENT.remove();
  }
}
