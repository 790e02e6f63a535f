package org.ticketing.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.ticketing.workload.history.Operation.EntriesRead;
import org.ticketing.workload.history.Operation.ReservationRead;

/** A customer, as a reader knows it: which payments are followed, and what was seen of them. */
final class FollowedCustomer {

  private final UUID id;
  private final PublicApis apis;
  private final Map<UUID, FollowedPayment> followed = new HashMap<>();
  private final Map<UUID, UUID> reservationOf = new HashMap<>();
  private final Set<UUID> doneWith = new HashSet<>();

  FollowedCustomer(Customer customer, ClientHttpRequestFactory connections) {
    this.id = customer.id();
    this.apis = customer.apis().over(connections);
  }

  UUID id() {
    return id;
  }

  PublicApis apis() {
    return apis;
  }

  synchronized void follow(PlannedPayment payment) {
    followed.put(payment.reservationId(), new FollowedPayment(payment));
  }

  synchronized void answered(PlannedPayment payment, Answer answer, long now, long patience) {
    if (answer.paymentId() != null) {
      reservationOf.put(answer.paymentId(), payment.reservationId());
    }
    FollowedPayment one = followed.get(payment.reservationId());
    if (one != null) {
      one.answered(answer, now, patience);
    }
  }

  synchronized boolean isFollowed() {
    return !followed.isEmpty();
  }

  /** The reservations of the payments that are followed. */
  synchronized List<UUID> reservations() {
    return new ArrayList<>(followed.keySet());
  }

  /** Those of the payments that this reader is not done with. */
  synchronized List<UUID> news(List<UUID> payments) {
    return payments.stream().filter(payment -> !doneWith.contains(payment)).toList();
  }

  synchronized void missed(long now, long patience) {
    followed.values().forEach(one -> one.missed(now, patience));
  }

  /**
   * The wallet was read, and then the reservation.
   *
   * @return whether it is worth another look at once
   */
  synchronized boolean saw(EntriesRead wallet, ReservationRead reservation) {
    doneWith.addAll(wallet.refunds());
    if (reservation.payment() != null) {
      reservationOf.put(reservation.payment(), reservation.reservation());
    }
    FollowedPayment one = followed.get(reservation.reservation());
    if (one == null) {
      return false;
    }
    Set<UUID> seen =
        wallet.uses().stream()
            .filter(wallet::showsUseOf)
            .filter(payment -> isOf(payment, reservation.reservation()))
            .collect(Collectors.toSet());
    boolean mayUse = one.mayUse(wallet.start(), seen);
    if (reservation.isConfirmed()) {
      doneWith.add(reservation.payment());
      followed.remove(reservation.reservation());
      return false;
    }
    if (one.isOver(wallet.start())) {
      leave(one);
      return false;
    }
    return mayUse && one.deservesAnotherLook();
  }

  private boolean isOf(UUID payment, UUID reservation) {
    return reservationOf.getOrDefault(payment, reservation).equals(reservation);
  }

  /** Follows no payment any longer. */
  synchronized void leave() {
    List.copyOf(followed.values()).forEach(one -> leave(one));
  }

  private void leave(FollowedPayment one) {
    doneWith.addAll(one.candidates());
    followed.remove(one.payment().reservationId());
  }
}
