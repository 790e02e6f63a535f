package org.ticketing.xa;

/**
 * What accompanies a piece of work: its branch, and whether it is the branch's first. A participant
 * that was restarted in between has lost the branch, and must not take a later piece of work for
 * the first: prepared and committed, it would be half of the branch.
 *
 * <p>X/Open XA says the same with the flags TMNOFLAGS and TMJOIN of {@code xa_start}.
 *
 * @param header the HTTP header that carries the branch
 */
record Enlistment(String header, BranchXid branch) {

  static final String START = "Ticketing-Branch-Start";
  static final String JOIN = "Ticketing-Branch-Join";

  static Enlistment start(BranchXid branch) {
    return new Enlistment(START, branch);
  }

  static Enlistment join(BranchXid branch) {
    return new Enlistment(JOIN, branch);
  }

  boolean isFirst() {
    return header.equals(START);
  }
}
