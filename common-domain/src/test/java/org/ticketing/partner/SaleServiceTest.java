package org.ticketing.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.ticketing.partner.PartnerApi.NewPartner;
import org.ticketing.partner.PartnerFeedApi.Event;
import org.ticketing.partner.PartnerFeedApi.SoldSeats;
import org.ticketing.partner.SaleApi.Sale;
import org.ticketing.testing.OnRealDatabase;

@OnRealDatabase.Postgresql
class SaleServiceTest {

  private static final int AT_ONCE = 8;

  @Autowired private PartnerService partners;
  @Autowired private SaleService sales;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private SomePartners some;
  private Receiver receiver;
  private NewPartner partner;

  @BeforeEach
  void register() throws IOException {
    receiver = new Receiver();
    some = new SomePartners(partners);
    partner = some.register(receiver.url());
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    some.close();
    receiver.close();
  }

  @Test
  void aSaleIsRecordedAsItWasMade() {
    Sale sale = SomePartners.sale();
    sales.record(List.of(sale));
    SoldSeats sold = feed(0).get(0);
    assertThat(sold.paymentId()).isEqualTo(sale.paymentId());
    assertThat(sold.scheduleId()).isEqualTo(sale.scheduleId());
    assertThat(sold.seatIds()).isEqualTo(sale.seatIds());
    assertThat(sold.price()).isEqualTo(sale.price());
  }

  @Test
  void aPaymentReportedManyTimesAtOnceIsRecordedOnce() {
    Sale sale = SomePartners.sale();
    atOnce(() -> sales.record(List.of(sale))).join();
    sales.record(List.of(SomePartners.sale()));
    List<SoldSeats> feed = feed(0);
    assertThat(feed).hasSize(2);
    assertThat(feed.get(0).paymentId()).isEqualTo(sale.paymentId());
    assertThat(feed.get(1).number()).as("no number was lost").isEqualTo(feed.get(0).number() + 1);
  }

  @Test
  void salesReportedTogetherAreNumberedInTheirOrderAndDelivered() {
    List<Sale> told = sales(SaleApi.MOST);
    sales.record(told);
    assertThat(feed(0))
        .extracting(SoldSeats::paymentId)
        .isEqualTo(told.stream().map(Sale::paymentId).toList());
    assertNumberedWithoutGaps(feed(0));
    Awaitility.await().until(() -> partners.find(partner.id()).pending() == 0);
    assertThat(receiver.numbers()).isEqualTo(feed(0).stream().map(SoldSeats::number).toList());
  }

  @Test
  void eachSaleKeepsItsOwnSeatsAndPrice() {
    Sale one = SomePartners.sale();
    Sale many =
        new Sale(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Stream.generate(UUID::randomUUID).limit(3).toList(),
            300);
    sales.record(List.of(one, many));
    assertThat(feed(0))
        .extracting(SoldSeats::seatIds)
        .containsExactly(one.seatIds(), many.seatIds());
    assertThat(feed(0)).extracting(SoldSeats::price).containsExactly(one.price(), many.price());
    assertThat(feed(0))
        .extracting(SoldSeats::scheduleId)
        .containsExactly(one.scheduleId(), many.scheduleId());
  }

  @Test
  void aCancellationIsToldOnceAndRepeatsWhatWasSold() {
    Sale sale = SomePartners.sale();
    UUID unknown = UUID.randomUUID();
    sales.record(List.of(sale));
    sales.cancel(List.of(sale.paymentId(), unknown, sale.paymentId()));
    sales.cancel(List.of(sale.paymentId()));
    sales.record(List.of(sale));

    List<SoldSeats> feed = feed(0);
    assertThat(feed).extracting(SoldSeats::event).containsExactly(Event.SOLD, Event.CANCELLED);
    assertThat(feed).extracting(SoldSeats::paymentId).containsOnly(sale.paymentId());
    assertThat(feed.get(1).scheduleId()).isEqualTo(sale.scheduleId());
    assertThat(feed.get(1).seatIds()).isEqualTo(sale.seatIds());
    assertThat(feed.get(1).price()).isEqualTo(sale.price());
    assertNumberedWithoutGaps(feed);
    Awaitility.await().until(() -> partners.find(partner.id()).pending() == 0);
    assertThat(receiver.numbers()).isEqualTo(feed.stream().map(SoldSeats::number).toList());
  }

  @Test
  void salesReportedBeforeOrTwiceAreIgnored() {
    List<Sale> told = sales(5);
    sales.record(List.of(told.get(3), told.get(1)));
    sales.record(
        List.of(told.get(0), told.get(1), told.get(2), told.get(0), told.get(3), told.get(4)));
    sales.record(told);
    assertThat(feed(0))
        .extracting(SoldSeats::paymentId)
        .containsExactly(
            Stream.of(3, 1, 0, 2, 4).map(i -> told.get(i).paymentId()).toArray(UUID[]::new));
    assertNumberedWithoutGaps(feed(0));
  }

  @Test
  void theSalesOfOverlappingListsAreRecordedOnce() {
    List<Sale> told = sales(20);
    var turn = new AtomicInteger();
    atOnce(
            () -> {
              int from = turn.getAndIncrement();
              sales.record(told.subList(from, from + 12));
            })
        .join();
    assertThat(feed(0))
        .extracting(SoldSeats::paymentId)
        .containsExactlyInAnyOrderElementsOf(
            told.subList(0, AT_ONCE + 11).stream().map(Sale::paymentId).toList());
    assertNumberedWithoutGaps(feed(0));
  }

  @Test
  void noSaleOfAListIsRecordedIfOneCannotBe() {
    Sale good = SomePartners.sale();
    Sale bad = new Sale(UUID.randomUUID(), UUID.randomUUID(), good.seatIds(), 0);
    assertThatThrownBy(() -> sales.record(List.of(good, bad)))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(feed(0)).isEmpty();
  }

  @Test
  void aReaderOfTheFeedMissesNothingWhileSalesAreRecordedAtOnce() {
    int each = 15;
    var recording =
        atOnce(
            () -> {
              for (int i = 0; i < each; i++) {
                sales.record(List.of(SomePartners.sale()));
              }
            });
    List<Long> seen = new ArrayList<>();
    while (!recording.isDone()) {
      follow(seen);
    }
    recording.join();
    follow(seen);
    assertThat(seen)
        .hasSize(AT_ONCE * each)
        .isEqualTo(LongStream.range(seen.get(0), seen.get(0) + seen.size()).boxed().toList());
  }

  @Test
  void noSaleIsLostOrOvertakenWhileJobsEndAndBegin() {
    int each = 15;
    atOnce(
            () -> {
              for (int i = 0; i < each; i++) {
                long before = receiver.received().size();
                sales.record(List.of(SomePartners.sale()));
                Awaitility.await().until(() -> receiver.received().size() > before);
              }
            })
        .join();
    Awaitility.await().until(() -> partners.find(partner.id()).pending() == 0);
    assertThat(receiver.numbers()).isEqualTo(feed(0).stream().map(SoldSeats::number).toList());
    assertThat(receiver.numbers()).hasSize(AT_ONCE * each);
  }

  private static List<Sale> sales(int count) {
    return Stream.generate(SomePartners::sale).limit(count).toList();
  }

  private static void assertNumberedWithoutGaps(List<SoldSeats> feed) {
    long first = feed.get(0).number();
    assertThat(feed)
        .extracting(SoldSeats::number)
        .isEqualTo(LongStream.range(first, first + feed.size()).boxed().toList());
  }

  private void follow(List<Long> seen) {
    feed(seen.isEmpty() ? 0 : Collections.max(seen)).forEach(sale -> seen.add(sale.number()));
  }

  private List<SoldSeats> feed(long after) {
    return partners.feed(partner.feedKey(), after, 1000);
  }

  private CompletableFuture<Void> atOnce(Runnable work) {
    return CompletableFuture.allOf(
        Stream.generate(() -> CompletableFuture.runAsync(work, threads))
            .limit(AT_ONCE)
            .toArray(CompletableFuture[]::new));
  }
}
