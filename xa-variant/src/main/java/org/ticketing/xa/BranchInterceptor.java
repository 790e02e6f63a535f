package org.ticketing.xa;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Has a call do its work in the branch of its enlistment, and names this instance in the answer if
 * the call has started the branch. Work without an enlistment would be committed at once and for
 * good, so it is refused with {@code xid-required}.
 */
class BranchInterceptor implements HandlerInterceptor {

  private final Branches branches;
  private final ParticipantSettings settings;

  BranchInterceptor(Branches branches, ParticipantSettings settings) {
    this.branches = branches;
    this.settings = settings;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Enlistment enlistment =
        Enlistment.of(request)
            .orElseThrow(
                () -> new Refusal(Reason.XID_REQUIRED, "Work of a payment belongs to a branch."));
    Branch branch = branches.of(enlistment);
    if (enlistment.isFirst()) {
      response.setHeader(InstanceAddress.HEADER, addressFor(request).toString());
    }
    CurrentBranch.set(branch::openConnection);
    LogField.XID.set(enlistment.branch().transaction());
    return true;
  }

  private InstanceAddress addressFor(HttpServletRequest request) {
    return settings.instance().orElseGet(() -> InstanceAddress.calledBy(request));
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
    CurrentBranch.clear();
  }
}
