package org.ticketing.payment;

import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.ticketing.platform.CarriedContext;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.user.UserApi;

/**
 * Looks up what a protocol has to know before it pays. None of it decides anything: the
 * participants look for themselves when they act. If user and reservation are both refused, the
 * user's refusal is the one that is thrown.
 */
class LookUps implements DisposableBean {

  private final UserApi users;
  private final ReservationApi reservations;
  private final LookUpMode mode;
  private final RememberedLookUps remembered;

  /** At most one thread for each payment under way, which acts for the payment's user. */
  private final ExecutorService threads =
      new DelegatingSecurityContextExecutorService(
          CarriedContext.into(Executors.newCachedThreadPool()));

  LookUps(
      UserApi users, ReservationApi reservations, LookUpMode mode, RememberedLookUps remembered) {
    this.users = users;
    this.reservations = reservations;
    this.mode = mode;
    this.remembered = remembered;
  }

  /**
   * Makes the command of a payment out of the order and the reservation's price.
   *
   * @throws Refusal the user may not pay, or the reservation cannot be paid by them
   * @throws ServiceUnavailable one of them could not be looked up
   */
  PaymentCommand commandFor(UUID paymentId, Order order) {
    return order.payment(paymentId, termsFor(order).price());
  }

  /** What was looked up for an order has turned out to be wrong. */
  void forget(Order order) {
    remembered.forget(order.reservationId());
  }

  private Terms termsFor(Order order) {
    return switch (mode) {
      case IN_SEQUENCE -> {
        requireActive(order.userId());
        yield reservationOf(order);
      }
      case IN_PARALLEL -> inParallel(order);
      case IN_ONE_CALL -> reservationOf(order);
    };
  }

  /** In this thread alone if there is only one look-up left to make. */
  private Terms inParallel(Order order) {
    if (remembered.isActive(order.userId())) {
      return reservationOf(order);
    }
    Future<Terms> found = threads.submit(() -> reservationOf(order));
    requireActive(order.userId());
    return resultOf(found);
  }

  private void requireActive(UUID userId) {
    if (!remembered.isActive(userId)) {
      users.find(userId).requireActive();
      remembered.active(userId);
    }
  }

  private Terms reservationOf(Order order) {
    UUID reservationId = order.reservationId();
    Terms terms = remembered.termsOf(reservationId).orElse(null);
    if (terms == null) {
      terms = Terms.of(reservations.find(reservationId), order.userId());
      remembered.held(reservationId, terms);
    }
    terms.requireOwner(order.userId());
    return terms;
  }

  private static <T> T resultOf(Future<T> lookUp) {
    try {
      return lookUp.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException raised) {
        throw raised;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailable("The service is stopping.", stopping);
    }
  }

  @Override
  public void destroy() {
    threads.shutdown();
  }
}
