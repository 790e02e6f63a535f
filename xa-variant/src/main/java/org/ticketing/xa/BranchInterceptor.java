package org.ticketing.xa;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Has a call that comes with an enlistment do its work in that branch. */
class BranchInterceptor implements HandlerInterceptor {

  private final Branches branches;

  BranchInterceptor(Branches branches) {
    this.branches = branches;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Enlistment.of(request)
        .map(branches::of)
        .ifPresent(branch -> CurrentBranch.set(branch::openConnection));
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
    CurrentBranch.clear();
  }
}
