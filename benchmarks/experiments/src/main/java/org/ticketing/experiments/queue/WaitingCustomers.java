package org.ticketing.experiments.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ticketing.queue.QueueApi.Status;
import org.ticketing.queue.QueueApi.TokenRequest;
import org.ticketing.queue.QueueApi.TokenView;
import org.ticketing.workload.Customer;
import org.ticketing.workload.NotMeasuredException;
import org.ticketing.workload.PublicApis;

/** Customers who stand in the line and look at their rank, as their browsers would. */
final class WaitingCustomers {

  private final List<Customer> customers;

  private WaitingCustomers(List<Customer> customers) {
    this.customers = customers;
  }

  static WaitingCustomers register(PublicApis visitor, int count) {
    return new WaitingCustomers(
        IntStream.range(0, count).mapToObj(i -> Customer.register(visitor, 0)).toList());
  }

  List<UUID> ids() {
    return customers.stream().map(Customer::id).toList();
  }

  /**
   * Has every customer look so many times, in turn, and once before that is not counted.
   *
   * @return how long each look took
   */
  List<Duration> look(UUID schedule, int times) {
    TokenRequest request = new TokenRequest(schedule);
    List<UUID> tokens =
        customers.stream().map(one -> one.apis().queue().take(request).id()).toList();
    List<Duration> looks = new ArrayList<>();
    for (int time = 0; time <= times; time++) {
      for (int i = 0; i < tokens.size(); i++) {
        Duration look = look(customers.get(i), tokens.get(i));
        if (time > 0) {
          looks.add(look);
        }
      }
    }
    return looks;
  }

  private static Duration look(Customer customer, UUID tokenId) {
    long began = System.nanoTime();
    TokenView token = customer.apis().queue().find(tokenId);
    Duration look = Duration.ofNanos(System.nanoTime() - began);
    if (token.status() != Status.WAITING || token.rank() < 1) {
      throw new NotMeasuredException("A customer was to wait all the time, and got " + token + ".");
    }
    return look;
  }
}
