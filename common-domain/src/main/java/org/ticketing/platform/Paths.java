package org.ticketing.platform;

/** Prefixes of the paths that only services of the same system may call. */
public final class Paths {

  /** The steps of the commit protocols. */
  public static final String PROTOCOL = "/protocol/";

  /** Everything else that services ask each other. */
  public static final String INTERNAL = "/internal/";

  private Paths() {}
}
