package org.ticketing.xa;

import java.util.function.Supplier;

/** Holds, for each thread, the branch of this process's database in which the thread works. */
final class CurrentBranch {

  private static final ThreadLocal<Supplier<Branch>> CURRENT = new ThreadLocal<>();

  private CurrentBranch() {}

  /** Returns the branch of this thread, or null if it works in none. */
  static Branch get() {
    Supplier<Branch> branch = CURRENT.get();
    return branch == null ? null : branch.get();
  }

  /**
   * @param branch is asked for the branch whenever the thread opens a connection
   */
  static void set(Supplier<Branch> branch) {
    CURRENT.set(branch);
  }

  static void clear() {
    CURRENT.remove();
  }
}
