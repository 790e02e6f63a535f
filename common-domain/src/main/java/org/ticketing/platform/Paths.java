package org.ticketing.platform;

/** Prefixes of the paths that customers may not call. */
public final class Paths {

  /** The steps of the commit protocols, for services of the same system. */
  public static final String PROTOCOL = "/protocol/";

  /** Followed by the name of a service: what another one has to tell it about payments. */
  public static final String EVENTS = PROTOCOL + "events/";

  /** Everything else that services of the same system ask each other. */
  public static final String INTERNAL = "/internal/";

  /** What operators do by hand when something has failed. */
  public static final String OPERATIONS = "/operations/";

  private Paths() {}
}
