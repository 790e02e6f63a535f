package org.ticketing.payment;

import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.stereotype.Component;
import org.ticketing.platform.CarriedContext;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.user.UserApi;

/**
 * Looks up what a protocol has to know before it pays. The user and the reservation are looked up
 * at the same time, because neither depends on the other; if both are refused, the user's refusal
 * is the one that is thrown.
 */
@Component
class LookUps implements DisposableBean {

  private final UserApi users;
  private final ReservationApi reservations;

  /** At most one thread for each payment under way, which acts for the payment's user. */
  private final ExecutorService threads =
      new DelegatingSecurityContextExecutorService(
          CarriedContext.into(Executors.newCachedThreadPool()));

  LookUps(UserApi users, ReservationApi reservations) {
    this.users = users;
    this.reservations = reservations;
  }

  /**
   * Makes the command of a payment out of the order and the reservation's price.
   *
   * @throws Refusal the user may not pay, or the reservation cannot be paid by them
   * @throws ServiceUnavailable one of them could not be looked up
   */
  PaymentCommand commandFor(UUID paymentId, Order order) {
    Future<ReservationView> found = threads.submit(() -> reservations.find(order.reservationId()));
    users.find(order.userId()).requireActive();
    ReservationView reservation = resultOf(found);
    if (!reservation.userId().equals(order.userId())) {
      throw new Refusal(Reason.NOT_YOUR_RESERVATION, "Somebody else holds this reservation.");
    }
    reservation.requireHeld();
    return order.payment(paymentId, reservation.price());
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
