package org.ticketing.verification;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation.Charge;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Outcome;

/**
 * Payments refused for lack of points only because another payment, later undone or never
 * completed, had taken them. A refusal is false if the wallet had enough: what it had surely been
 * charged with before the payment was asked for, less all that other payments asked for before the
 * refusal may rightly have taken. A payment of unknown outcome may have taken its points rightly.
 * One that has failed has not: its points are given back, as those of a payment that was refused
 * late.
 *
 * @param refusals the first such answer to each payment
 */
public record FalseRefusals(List<Pay> refusals) {

  private static final String TOO_FEW_POINTS = "insufficient-points";

  public FalseRefusals {
    refusals = List.copyOf(refusals);
  }

  public static FalseRefusals in(History history) {
    Map<UUID, List<Charge>> charges =
        history.operations(Charge.class).collect(groupingBy(Charge::user));
    Map<UUID, List<Payment>> wallets =
        payments(history).stream().collect(groupingBy(payment -> payment.order().user()));
    List<Pay> refusals = new ArrayList<>();
    wallets.forEach(
        (user, payments) -> {
          List<Payment> takers = payments.stream().filter(Payment::mayHaveCompleted).toList();
          for (Payment payment : payments) {
            payment
                .refusedForPoints()
                .filter(
                    refusal ->
                        charged(charges.getOrDefault(user, List.of()), payment)
                                - taken(takers, refusal)
                            >= payment.amount())
                .ifPresent(refusals::add);
          }
        });
    return new FalseRefusals(refusals);
  }

  public int count() {
    return refusals.size();
  }

  /** Those asked for in a time. */
  public int countDuring(long from, long to) {
    return (int) refusals.stream().filter(one -> one.start() >= from && one.start() < to).count();
  }

  /** What makes two requests one payment. */
  private record Order(UUID user, String key, UUID reservation) {}

  /**
   * @param requests every time it was asked for
   * @param failed whether the system lists it as failed
   */
  private record Payment(Order order, List<Pay> requests, boolean failed) {

    long amount() {
      return requests.get(0).amount();
    }

    long start() {
      return requests.stream().mapToLong(Pay::start).min().orElseThrow();
    }

    Optional<Pay> refusedForPoints() {
      return requests.stream()
          .filter(pay -> pay.isRefused() && pay.reason().equals(TOO_FEW_POINTS))
          .findFirst();
    }

    /** Not if the system said that nothing came of it, nor if no request was ever sent. */
    boolean mayHaveCompleted() {
      return !failed
          && requests.stream().noneMatch(Pay::cameToNothing)
          && !requests.stream().allMatch(pay -> pay.outcome() == Outcome.FAILED);
    }
  }

  private static List<Payment> payments(History history) {
    Map<UUID, Boolean> failed = new HashMap<>();
    history
        .operations(PaymentsRead.class)
        .flatMap(read -> read.payments().stream())
        .forEach(
            listed -> failed.merge(listed.reservation(), isFailed(listed), Boolean::logicalAnd));
    Map<Order, List<Pay>> requests = new LinkedHashMap<>();
    history
        .operations(Pay.class)
        .forEach(
            pay ->
                requests
                    .computeIfAbsent(
                        new Order(pay.user(), pay.key(), pay.reservation()),
                        order -> new ArrayList<>())
                    .add(pay));
    List<Payment> payments = new ArrayList<>();
    requests.forEach(
        (order, pays) ->
            payments.add(
                new Payment(order, pays, failed.getOrDefault(order.reservation(), false))));
    return payments;
  }

  private static boolean isFailed(ListedPayment listed) {
    return listed.status() == Status.FAILED;
  }

  private static long charged(List<Charge> charges, Payment before) {
    Map<String, Long> amounts = new HashMap<>();
    charges.stream()
        .filter(charge -> charge.answered() && charge.end() < before.start())
        .forEach(charge -> amounts.put(charge.key(), charge.amount()));
    return amounts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long taken(List<Payment> takers, Pay refusal) {
    return takers.stream()
        .filter(taker -> taker.start() < refusal.end())
        .mapToLong(Payment::amount)
        .sum();
  }
}
