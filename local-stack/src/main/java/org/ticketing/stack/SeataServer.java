package org.ticketing.stack;

/** The Seata server, coordinator of TCC and saga. */
public final class SeataServer {
  static SeataServer start(Run run) {
    throw new StackException("not yet");
  }

  public Durability durability() {
    return null;
  }

  String address() {
    return "";
  }
}
