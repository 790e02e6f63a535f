package org.ticketing.experiments.compare;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.ticketing.workload.PaymentWay;

/**
 * What makes payments faster without another protocol, in any system: a setting of the payment
 * process that differs from those of {@link #NONE}, or a way in which clients ask for payments.
 */
enum Lever {
  IN_PARALLEL("user and reservation are looked up at the same time", Lever.LOOK_UPS, "in-parallel"),
  IN_ONE_CALL("the reservation is looked up alone", Lever.LOOK_UPS, "in-one-call"),
  IN_BATCHES("partners and queue are told of many payments at once", Lever.FOLLOW_UPS, "100"),
  CACHED("look-ups are remembered for two seconds", Lever.CACHE, "2s"),
  ASYNCHRONOUS(
      "payments are accepted, and made by workers; clients ask for the end",
      PaymentWay.ASYNCHRONOUS);

  private static final String LOOK_UPS = "ticketing.payment.look-ups.mode";
  private static final String CACHE = "ticketing.payment.look-ups.cache-for";
  private static final String FOLLOW_UPS = "ticketing.payment.follow-ups.batch";

  /**
   * The settings of a system in which one thing is done after the other, and nothing remembered.
   */
  static final Map<String, String> NONE =
      Map.of(LOOK_UPS, "in-sequence", CACHE, "0s", FOLLOW_UPS, "1");

  private final String what;
  private final Map<String, String> setting;
  private final PaymentWay way;

  Lever(String what, String property, String value) {
    this(what, Map.of(property, value), PaymentWay.SYNCHRONOUS);
  }

  Lever(String what, PaymentWay way) {
    this(what, Map.of(), way);
  }

  Lever(String what, Map<String, String> setting, PaymentWay way) {
    this.what = what;
    this.setting = setting;
    this.way = way;
  }

  /** What it does, in words. */
  String what() {
    return what;
  }

  /** Those of the processes. */
  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(NONE);
    properties.putAll(setting);
    return properties;
  }

  /** How clients ask for payments. */
  PaymentWay way() {
    return way;
  }

  /** What is put behind the name of a system that is started with it. */
  String suffix() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** As in tables and results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
