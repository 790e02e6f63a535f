package org.ticketing.stack.run;

/** Where the database servers run that a stack starts. */
public enum Databases {
  /** As processes of this machine. */
  LOCAL,
  /** In containers. */
  DOCKER
}
