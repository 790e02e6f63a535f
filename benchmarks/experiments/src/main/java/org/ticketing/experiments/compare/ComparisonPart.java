package org.ticketing.experiments.compare;

import java.util.Locale;

/** What a comparison can consist of, in the order in which it is played. */
public enum ComparisonPart {
  /** Closed loop: capacity, latency of one client, processor time. */
  ROUNDS("capacity, and the latency of one client"),
  RATES("payments due a second, up to and past the knee"),
  WALLETS("wallets that the payments come out of"),
  REFUSALS("part of the payments that is refused late"),
  READERS("readers who watch wallets and reservations"),
  /** Cancellations and withdrawals beside payments; nothing is timed. */
  UPHEAVALS("schedules that are cancelled while they are paid, and customers who withdraw"),
  DISTANCE("round trip between services"),
  /** Forced writes, calls, statements and bytes of log of a payment, by counting. */
  COUNTS("what a payment costs, by counting"),
  /** Rounds in which each system is measured twice: observed, and not. */
  OBSERVABILITY("metrics and traces, on and off"),
  /** Rounds in which each system takes two turns: with its transactions logged, and not. */
  TRACKING("the log of transactions, on and off"),
  /** Rounds of one system after the other, which takes a turn with each lever and one with none. */
  LEVERS("what makes payments faster without another protocol, each on and off");

  private final String what;

  ComparisonPart(String what) {
    this.what = what;
  }

  /** What is measured or varied, in words. */
  String what() {
    return what;
  }

  /** Whether something is varied under load at a fixed rate. */
  boolean isSweep() {
    return switch (this) {
      case ROUNDS, UPHEAVALS, COUNTS, OBSERVABILITY, TRACKING, LEVERS -> false;
      default -> true;
    };
  }

  /** Whether it is played when all parts are asked for that compare the systems with each other. */
  public boolean isInFull() {
    return this != UPHEAVALS && !isWithItself();
  }

  /** Whether systems are started for it behind relays. */
  boolean isDistant() {
    return this == DISTANCE;
  }

  /** Whether each system is measured with something on, and with everything off. */
  boolean isSwitched() {
    return this == OBSERVABILITY || this == TRACKING;
  }

  /** Whether each system is started for it with each lever, and once with none. */
  boolean isPulled() {
    return this == LEVERS;
  }

  /** Whether each system is compared with itself alone, so that it needs no yardstick. */
  public boolean isWithItself() {
    return isSwitched() || isPulled();
  }

  /** Whether systems that other parts have started and warmed up are not used. */
  boolean isApart() {
    return isCounted() || isWithItself();
  }

  /** Whether each system is started for it, instrumented and alone, so that nothing is timed. */
  boolean isCounted() {
    return this == COUNTS;
  }

  /** As on the command line and in results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
