package org.ticketing.platform;

import java.util.UUID;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Tells on whose behalf the current thread works: a signed-in user's or a service's. */
public final class Caller {

  private Caller() {}

  /**
   * The signed-in user.
   *
   * @throws AccessDeniedException nobody is signed in, or the caller is a service
   */
  public static UUID userId() {
    Authentication caller = authentication();
    if (Role.USER.isOf(caller)) {
      return UUID.fromString(caller.getName());
    }
    throw new AccessDeniedException("This is for signed-in users.");
  }

  /**
   * Whether the caller is that user or a service. Where this is asked, {@link AccessRules} have let
   * in those services alone that act for every user.
   */
  public static boolean mayActFor(UUID userId) {
    return Role.SERVICE.isOf(authentication()) || is(userId);
  }

  static boolean is(UUID userId) {
    Authentication caller = authentication();
    return Role.USER.isOf(caller) && caller.getName().equals(userId.toString());
  }

  private static Authentication authentication() {
    return SecurityContextHolder.getContext().getAuthentication();
  }
}
