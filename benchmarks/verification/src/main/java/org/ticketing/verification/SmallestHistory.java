package org.ticketing.verification;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;

/**
 * Finds the smallest part of a history that shows an anomaly: operations on one payment, its wallet
 * and its reservation, in their order. The same history always gives the same part.
 */
public final class SmallestHistory {

  private final History history;
  private final Map<UUID, List<Pay>> requests;
  private final Map<UUID, List<EntriesRead>> walletReads;
  private final Map<UUID, List<ReservationRead>> reservationReads;
  private final Map<UUID, UUID> reservationOf;

  private SmallestHistory(History history) {
    this.history = history;
    this.requests = history.operations(Pay.class).collect(groupingBy(Pay::reservation));
    this.walletReads = history.operations(EntriesRead.class).collect(groupingBy(EntriesRead::user));
    this.reservationReads =
        history.operations(ReservationRead.class).collect(groupingBy(ReservationRead::reservation));
    this.reservationOf = reservationsByPayment(history);
  }

  /**
   * A payment that was refused and whose points are gone: after the refusal a reader sees them
   * used, and no later read shows that they came back.
   *
   * @return the request, that read, what the same reader saw of the reservation next, and the
   *     payment as it is listed at the end; empty if there is no such payment
   */
  public static Optional<History> ofRefusalWithPointsUsed(History history) {
    return new SmallestHistory(history).refusalWithPointsUsed();
  }

  /**
   * A payment that a reader saw half done, as {@link FracturedReads} defines it. Of all pairs of
   * reads that show one, these are the two between which it lasted longest, as it defines that.
   *
   * @return the request; the two reads; of the same reader, another that shows the points still
   *     used, and the next that shows the reservation confirmed, where there are such; and the
   *     payment as it is listed at the end; empty if no payment was seen half done
   */
  public static Optional<History> ofFracturedRead(History history) {
    return new SmallestHistory(history).fracturedRead();
  }

  private Optional<History> refusalWithPointsUsed() {
    return reservationOf.entrySet().stream()
        .flatMap(
            payment ->
                requests.getOrDefault(payment.getValue(), List.of()).stream()
                    .filter(Pay::isRefused)
                    .flatMap(pay -> refusal(payment.getKey(), pay).stream()))
        .min(Comparator.comparingLong(refusal -> refusal.pay().start()))
        .map(
            refusal ->
                part(
                    refusal.pay().reservation(),
                    Stream.concat(
                        Stream.of(refusal.wallet().of(refusal.payment())),
                        laterReads(refusal.pay().reservation(), refusal.wallet()).limit(1))));
  }

  private record Refusal(UUID payment, Pay pay, EntriesRead wallet) {}

  private Optional<Refusal> refusal(UUID payment, Pay pay) {
    List<EntriesRead> after =
        walletReads.getOrDefault(pay.user(), List.of()).stream()
            .filter(read -> read.start() > pay.end())
            .sorted(Comparator.comparingLong(EntriesRead::start))
            .toList();
    return after.stream().anyMatch(read -> read.refunds().contains(payment))
        ? Optional.empty()
        : after.stream()
            .filter(read -> read.showsUseOf(payment))
            .findFirst()
            .map(wallet -> new Refusal(payment, pay, wallet));
  }

  private Optional<History> fracturedRead() {
    return walletReads.values().stream()
        .flatMap(List::stream)
        .flatMap(this::fractures)
        .max(
            Comparator.comparingLong(Fracture::nanos)
                .thenComparing(fracture -> -fracture.read().start()))
        .map(fracture -> part(fracture.read().reservation(), reads(fracture)));
  }

  private Stream<Operation> reads(Fracture fracture) {
    long after = fracture.read().end();
    Stream<ReservationRead> confirmed =
        laterReads(fracture.read().reservation(), fracture.wallet())
            .filter(read -> read.start() > after && read.isConfirmed())
            .limit(1);
    return Stream.of(
            Stream.of(fracture.wallet().of(fracture.payment()), fracture.read()),
            stillUsed(fracture).stream(),
            confirmed)
        .flatMap(operations -> operations);
  }

  /** The first read that shows the points used after the fracture, or else the last before it. */
  private Optional<EntriesRead> stillUsed(Fracture fracture) {
    List<EntriesRead> uses =
        uses(fracture.payment(), fracture.wallet())
            .filter(read -> read.start() > fracture.wallet().end())
            .toList();
    return uses.stream()
        .filter(read -> read.start() > fracture.read().end())
        .findFirst()
        .or(() -> uses.stream().reduce((earlier, later) -> later))
        .map(read -> read.of(fracture.payment()));
  }

  /**
   * The points of a payment seen used, and its reservation seen unconfirmed after it.
   *
   * @param lastUse when the reader began the last read that showed the points used
   */
  private record Fracture(UUID payment, EntriesRead wallet, ReservationRead read, long lastUse) {

    /** Not beyond the last use that was seen, because the points may have come back after it. */
    private long nanos() {
      return Math.min(read.start(), lastUse) - wallet.end();
    }
  }

  private Stream<Fracture> fractures(EntriesRead wallet) {
    return wallet.uses().stream()
        .filter(wallet::showsUseOf)
        .filter(reservationOf::containsKey)
        .flatMap(
            payment ->
                laterReads(reservationOf.get(payment), wallet)
                    .filter(read -> !read.isConfirmed())
                    .map(read -> new Fracture(payment, wallet, read, lastUse(payment, wallet))));
  }

  private long lastUse(UUID payment, EntriesRead wallet) {
    return uses(payment, wallet).mapToLong(EntriesRead::start).max().orElseThrow();
  }

  /** Reads of the same wallet by the same reader that show the points used, in their order. */
  private Stream<EntriesRead> uses(UUID payment, EntriesRead wallet) {
    return walletReads.get(wallet.user()).stream()
        .filter(read -> read.reader() == wallet.reader() && read.showsUseOf(payment))
        .sorted(Comparator.comparingLong(EntriesRead::start));
  }

  /** Those of the reader of the wallet that began after it had been read. */
  private Stream<ReservationRead> laterReads(UUID reservation, EntriesRead wallet) {
    return reservationReads.getOrDefault(reservation, List.of()).stream()
        .filter(read -> read.reader() == wallet.reader() && read.start() > wallet.end())
        .sorted(Comparator.comparingLong(ReservationRead::start));
  }

  /** The requests for this reservation, the reads, and its payments as they are listed. */
  private History part(UUID reservation, Stream<Operation> reads) {
    List<Operation> part = new ArrayList<>(requests.getOrDefault(reservation, List.of()));
    reads.forEach(part::add);
    history
        .operations(PaymentsRead.class)
        .map(read -> read.of(Set.of(reservation)))
        .filter(read -> !read.payments().isEmpty())
        .findFirst()
        .ifPresent(part::add);
    part.sort(Comparator.comparingLong(Operation::start));
    return history.of(part);
  }

  private static Map<UUID, UUID> reservationsByPayment(History history) {
    Map<UUID, UUID> reservations = new HashMap<>();
    for (Operation operation : history.operations()) {
      if (operation instanceof Pay pay && pay.payment() != null) {
        reservations.put(pay.payment(), pay.reservation());
      } else if (operation instanceof ReservationRead read && read.payment() != null) {
        reservations.put(read.payment(), read.reservation());
      } else if (operation instanceof PaymentsRead read) {
        read.payments().forEach(one -> reservations.put(one.payment(), one.reservation()));
      }
    }
    return reservations;
  }
}
