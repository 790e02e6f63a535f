package org.ticketing.verification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.Histogram;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Operation;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.ListedPayment;
import org.ticketing.workload.history.Operation.Pay;
import org.ticketing.workload.history.Operation.PaymentsRead;
import org.ticketing.workload.history.Operation.ReservationRead;

/**
 * What readers saw that can never be seen where payments are atomic: a reader sees a payment's
 * points used and, in a read that began after that one had ended, finds its reservation not
 * CONFIRMED.
 *
 * <p>How long a payment was fractured is a lower bound. It is counted from the end of the first
 * read that showed the use to the start of the last one that found the reservation unconfirmed, but
 * not beyond the last one that showed the use, because the points may have come back right after
 * it.
 *
 * @param watched payments whose reservation was read at least once
 * @param fractured payments seen fractured
 * @param reads reads of a reservation that showed a fracture
 * @param p50Micros how long the fractured payments were seen so, as p99Micros and maxMicros are; 0
 *     when there are none
 */
public record FracturedReads(
    int watched, int fractured, int reads, long p50Micros, long p99Micros, long maxMicros) {

  /** Where no reader watched. */
  public static final FracturedReads NONE = new FracturedReads(0, 0, 0, 0, 0, 0);

  private static final int SIGNIFICANT_DIGITS = 3;

  public static FracturedReads in(History history) {
    List<Operation> operations = history.operations();
    Map<UUID, UUID> reservationOf = reservationsByPayment(operations);
    Map<UUID, List<ReservationRead>> readsOf = new HashMap<>();
    Map<Witness, List<EntriesRead>> usesSeen = new LinkedHashMap<>();
    for (Operation operation : operations) {
      if (operation instanceof ReservationRead read) {
        readsOf.computeIfAbsent(read.reservation(), id -> new ArrayList<>()).add(read);
      } else if (operation instanceof EntriesRead read) {
        read.uses().stream()
            .filter(read::showsUseOf)
            .forEach(
                payment ->
                    usesSeen
                        .computeIfAbsent(
                            new Witness(read.reader(), payment), witness -> new ArrayList<>())
                        .add(read));
      }
    }

    Map<UUID, Long> lasted = new HashMap<>();
    Set<ReservationRead> fracturedReads = new HashSet<>();
    usesSeen.forEach(
        (witness, uses) -> {
          List<ReservationRead> reads =
              readsOf.getOrDefault(reservationOf.get(witness.payment()), List.of()).stream()
                  .filter(read -> read.reader() == witness.reader())
                  .sorted(Comparator.comparingLong(ReservationRead::start))
                  .toList();
          long seen = uses.stream().mapToLong(EntriesRead::end).min().orElseThrow();
          List<ReservationRead> fractured =
              reads.stream().filter(read -> !read.isConfirmed() && read.start() > seen).toList();
          if (!fractured.isEmpty()) {
            fracturedReads.addAll(fractured);
            lasted.merge(witness.payment(), longest(uses, reads), Math::max);
          }
        });
    Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
    lasted.values().forEach(nanos -> micros.recordValue(nanos / 1000));
    return new FracturedReads(
        watched(readsOf.keySet(), reservationOf),
        lasted.size(),
        fracturedReads.size(),
        atMost(micros, 50),
        atMost(micros, 99),
        atMost(micros, 100));
  }

  /** A reader who saw that this payment's points were used. */
  private record Witness(int reader, UUID payment) {}

  private static Map<UUID, UUID> reservationsByPayment(List<Operation> operations) {
    Map<UUID, UUID> reservations = new HashMap<>();
    for (Operation operation : operations) {
      if (operation instanceof Pay pay && pay.payment() != null) {
        reservations.put(pay.payment(), pay.reservation());
      } else if (operation instanceof ReservationRead read && read.payment() != null) {
        reservations.put(read.payment(), read.reservation());
      } else if (operation instanceof PaymentsRead read) {
        for (ListedPayment listed : read.payments()) {
          reservations.put(listed.payment(), listed.reservation());
        }
      }
    }
    return reservations;
  }

  private static int watched(Set<UUID> reservationsRead, Map<UUID, UUID> reservationOf) {
    Map<UUID, Integer> payments = new HashMap<>();
    reservationOf.values().forEach(reservation -> payments.merge(reservation, 1, Integer::sum));
    return reservationsRead.stream().mapToInt(read -> payments.getOrDefault(read, 1)).sum();
  }

  /**
   * Of the stretches in which the reservation was never seen confirmed, the one in which the
   * fracture was seen longest.
   *
   * @param reads of the reservation, by their start
   */
  private static long longest(List<EntriesRead> uses, List<ReservationRead> reads) {
    long lastUse = uses.stream().mapToLong(EntriesRead::start).max().orElseThrow();
    long longest = 0;
    long confirmedUntil = Long.MIN_VALUE;
    for (ReservationRead read : reads) {
      if (read.isConfirmed()) {
        confirmedUntil = read.end();
        continue;
      }
      long since = confirmedUntil;
      long from =
          uses.stream()
              .mapToLong(EntriesRead::end)
              .filter(end -> end > since)
              .min()
              .orElse(Long.MAX_VALUE);
      longest = Math.max(longest, Math.min(read.start(), lastUse) - from);
    }
    return longest;
  }

  /** The histogram rounds up; a lower bound must not. */
  private static long atMost(Histogram micros, double percentile) {
    return micros.lowestEquivalentValue(micros.getValueAtPercentile(percentile));
  }
}
