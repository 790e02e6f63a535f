package org.ticketing.xa;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets the work that the coordinator asks for be done in the branch that comes with it. */
class BranchInterceptor implements HandlerInterceptor {

  private static final ThreadLocal<Branch> CURRENT = new ThreadLocal<>();

  private final Branches branches;

  BranchInterceptor(Branches branches) {
    this.branches = branches;
  }

  /** The branch of the call this thread serves, or null. */
  static Branch currentBranch() {
    return CURRENT.get();
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Stream.of(Enlistment.START, Enlistment.JOIN)
        .filter(header -> request.getHeader(header) != null)
        .findFirst()
        .map(header -> new Enlistment(header, BranchXid.valueOf(request.getHeader(header))))
        .ifPresent(work -> CURRENT.set(branches.of(work)));
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
    CURRENT.remove();
  }
}
