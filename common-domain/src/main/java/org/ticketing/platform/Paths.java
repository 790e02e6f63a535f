package org.ticketing.platform;

/** Below these only services of the same system are let in. */
public final class Paths {

  /** The steps of the commit protocols. */
  public static final String PROTOCOL = "/protocol/";

  /** Whatever else services ask each other and nobody outside. */
  public static final String INTERNAL = "/internal/";

  private Paths() {}
}
