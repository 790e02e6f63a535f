package org.ticketing.xa;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Tells a participant in which branch to do a piece of work, and whether the work starts the branch
 * or joins it: X/Open XA has the flags TMNOFLAGS and TMJOIN of {@code xa_start} for this. A
 * participant that was restarted in between has lost the branch. If it took later work for the
 * first, it would prepare and commit half of the branch.
 */
record Enlistment(BranchXid branch, boolean isFirst) {

  private static final String START = "Ticketing-Branch-Start";
  private static final String JOIN = "Ticketing-Branch-Join";

  static Enlistment start(BranchXid branch) {
    return new Enlistment(branch, true);
  }

  static Enlistment join(BranchXid branch) {
    return new Enlistment(branch, false);
  }

  /** The enlistment that came with a call, if any did. */
  static Optional<Enlistment> of(HttpServletRequest call) {
    String start = call.getHeader(START);
    String join = call.getHeader(JOIN);
    if (start != null) {
      return Optional.of(start(BranchXid.valueOf(start)));
    }
    return Optional.ofNullable(join).map(BranchXid::valueOf).map(Enlistment::join);
  }

  void addTo(HttpHeaders call) {
    call.set(isFirst ? START : JOIN, branch.toString());
  }
}
