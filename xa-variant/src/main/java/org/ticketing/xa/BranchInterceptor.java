package org.ticketing.xa;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Has a call do its work in the branch of its enlistment. Work without one would be committed at
 * once and for good, so it is refused with {@code xid-required}.
 */
class BranchInterceptor implements HandlerInterceptor {

  private final Branches branches;

  BranchInterceptor(Branches branches) {
    this.branches = branches;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Enlistment enlistment =
        Enlistment.of(request)
            .orElseThrow(
                () -> new Refusal(Reason.XID_REQUIRED, "Work of a payment belongs to a branch."));
    Branch branch = branches.of(enlistment);
    CurrentBranch.set(branch::openConnection);
    LogField.XID.set(enlistment.branch().transaction());
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
    CurrentBranch.clear();
  }
}
