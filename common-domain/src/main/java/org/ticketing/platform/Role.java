package org.ticketing.platform;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a caller may be. */
public enum Role {
  /** Everybody who has signed in. */
  USER,
  /**
   * A user who also administers concerts, schedules, seats and partners, and mends by hand what has
   * failed.
   */
  OPERATOR,
  /**
   * A process of this system, whose rights depend on which {@link Service} it is, or a job of this
   * process. No user's token has this role.
   */
  SERVICE,
  /** Who reads the metrics, with the {@link ScrapeToken}. */
  SCRAPER;

  GrantedAuthority authority() {
    return new SimpleGrantedAuthority("ROLE_" + name());
  }

  boolean isOf(Authentication caller) {
    return caller != null && caller.getAuthorities().contains(authority());
  }
}
