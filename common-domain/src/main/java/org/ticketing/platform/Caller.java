package org.ticketing.platform;

import java.util.List;
import java.util.UUID;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Tells on whose behalf the current thread works: a signed-in user's or a service's. */
public final class Caller {

  /** Ends what {@link #beService} has begun, on the same thread. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private Caller() {}

  /**
   * Has this thread work as a service, and not for a signed-in user. Work that nobody waits for
   * calls services of its own process so, as it calls others over HTTP.
   */
  public static Scope beService() {
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(
                "job", null, List.of(Role.SERVICE.authority()))));
    return SecurityContextHolder::clearContext;
  }

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
