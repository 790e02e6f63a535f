package org.ticketing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anySet;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import org.ticketing.partner.SaleApi;
import org.ticketing.partner.SaleApi.Sale;
import org.ticketing.payment.FollowUps.FollowUp;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.queue.AdmissionApi;
import org.ticketing.reservation.ReservationApi;
import org.ticketing.reservation.ReservationApi.ReservationView;
import org.ticketing.reservation.ReservationApi.Status;

class FollowersTest {

  private final List<FollowUp> staged = new ArrayList<>();
  private final FollowUps followUps = mock();
  private final PaymentProtocol protocol = mock();
  private final ReservationApi reservations = mock();
  private final SaleApi sales = mock();
  private final AdmissionApi queue = mock();
  private final Followers followers = followers(100);

  @BeforeEach
  void aTableAndReservations() {
    when(followUps.after(anyLong(), anyInt()))
        .thenAnswer(
            call ->
                staged.stream()
                    .filter(one -> one.number() > call.<Long>getArgument(0))
                    .limit(call.<Integer>getArgument(1))
                    .toList());
    doAnswer(call -> staged.removeAll(call.<Collection<?>>getArgument(0)))
        .when(followUps)
        .remove(any());
    when(reservations.findAll(anyList()))
        .thenAnswer(
            call -> call.<List<UUID>>getArgument(0).stream().map(FollowersTest::paid).toList());
    when(protocol.finalOf(anySet())).thenAnswer(call -> call.getArgument(0));
  }

  @Test
  void manyPaymentsAreToldWithFewCallsAndInTheirOrder() {
    LongStream.rangeClosed(1, 150).forEach(number -> staged.add(followUp(number, true)));
    List<UUID> all = staged.stream().map(FollowUp::paymentId).toList();

    followers.tellOfAll();

    ArgumentCaptor<List<Sale>> told = ArgumentCaptor.captor();
    verify(sales, times(2)).record(told.capture());
    verify(queue, times(2)).end(anyList());
    assertThat(told.getAllValues().stream().flatMap(List::stream).map(Sale::paymentId))
        .containsExactlyElementsOf(all);
    assertThat(staged).isEmpty();
  }

  @Test
  void paymentsCanBeToldOneByOne() {
    LongStream.rangeClosed(1, 3).forEach(number -> staged.add(followUp(number, true)));
    List<UUID> all = staged.stream().map(FollowUp::paymentId).toList();

    followers(1).tellOfAll();

    ArgumentCaptor<List<Sale>> told = ArgumentCaptor.captor();
    verify(sales, times(3)).record(told.capture());
    verify(queue, times(3)).end(anyList());
    assertThat(told.getAllValues()).allMatch(sale -> sale.size() == 1);
    assertThat(told.getAllValues()).extracting(sale -> sale.get(0).paymentId()).isEqualTo(all);
    assertThat(staged).isEmpty();
  }

  @Test
  void paymentsThatMayBeUndoneDoNotKeepOthersWaiting() {
    LongStream.rangeClosed(1, 101).forEach(number -> staged.add(followUp(number, true)));
    FollowUp last = staged.get(100);
    when(protocol.finalOf(anySet()))
        .thenAnswer(
            call ->
                call.<Set<UUID>>getArgument(0).contains(last.paymentId())
                    ? Set.of(last.paymentId())
                    : Set.of());

    followers.tellOfAll();

    verify(sales).record(anyList());
    assertThat(staged).hasSize(100).doesNotContain(last);
  }

  @Test
  void nobodyIsToldOfAPaymentThatWasUndone() {
    staged.add(followUp(1, false));

    followers.tellOfAll();

    verify(sales, times(0)).record(anyList());
    assertThat(staged).isEmpty();
  }

  @Test
  void aRefundIsToldAfterItsSaleAndIsNoSale() {
    FollowUp sold = followUp(1, true);
    staged.addAll(List.of(sold, refund(2, sold)));

    followers.tellOfAll();

    InOrder order = inOrder(sales);
    ArgumentCaptor<List<Sale>> told = ArgumentCaptor.captor();
    order.verify(sales).record(told.capture());
    order.verify(sales).cancel(List.of(sold.paymentId()));
    assertThat(told.getValue()).extracting(Sale::paymentId).containsExactly(sold.paymentId());
    assertThat(staged).isEmpty();
  }

  @Test
  void aServiceThatIsUnavailableIsToldLater() {
    staged.add(followUp(1, true));
    doThrow(new ServiceUnavailable("The queue service gave no answer."))
        .doNothing()
        .when(queue)
        .end(anyList());

    followers.tellOfAll();
    assertThat(staged).hasSize(1);

    followers.tellOfAll();
    assertThat(staged).isEmpty();
  }

  @Test
  void aMissingReservationDoesNotKeepOthersWaiting() {
    FollowUp gone = followUp(1, true);
    FollowUp other = followUp(2, true);
    staged.addAll(List.of(gone, other));
    when(reservations.findAll(anyList())).thenReturn(List.of(paid(other.reservationId())));

    followers.tellOfAll();

    verify(sales).record(anyList());
    assertThat(staged).isEmpty();
  }

  private Followers followers(int batch) {
    return new Followers(
        followUps, protocol, reservations, sales, queue, new FollowUpProperties(batch));
  }

  private static FollowUp followUp(long number, boolean completed) {
    return new FollowUp(
        number,
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.now(),
        completed,
        false);
  }

  private static FollowUp refund(long number, FollowUp sold) {
    return new FollowUp(
        number,
        sold.paymentId(),
        sold.userId(),
        sold.reservationId(),
        sold.requestedAt(),
        true,
        true);
  }

  private static ReservationView paid(UUID id) {
    return new ReservationView(
        id,
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        100,
        Status.CONFIRMED,
        Instant.now(),
        UUID.randomUUID());
  }
}
