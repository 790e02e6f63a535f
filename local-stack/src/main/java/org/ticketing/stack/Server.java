package org.ticketing.stack;

/** The servers a system may need besides its own processes. */
public enum Server {
  POSTGRES("PostgreSQL"),
  MYSQL("MySQL"),
  SEATA("Seata server");

  private final String label;

  Server(String label) {
    this.label = label;
  }

  /** How users know it. */
  public String label() {
    return label;
  }
}
