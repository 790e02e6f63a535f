package org.ticketing.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;
import org.ticketing.platform.ServiceUnavailable;
import org.ticketing.point.PointApi.EntryView;
import org.ticketing.point.PointApi.Kind;
import org.ticketing.point.PointApi.WalletView;
import org.ticketing.testing.AtOnce;

/** The rules of wallets, on either kind of database. */
abstract class PointServiceContract {

  private static final long LARGEST_BALANCE = 1_000_000_000_000_000L;
  private static final int ROUNDS = 20;

  @Autowired private PointService points;
  @Autowired private PointParticipant participant;

  private final UUID user = UUID.randomUUID();
  private final UUID payment = UUID.randomUUID();

  @BeforeEach
  void aWalletOfThousand() {
    points.charge(user, "opening", 1000);
  }

  @Test
  void aWalletThatWasNeverChargedIsEmpty() {
    UUID other = UUID.randomUUID();
    assertThat(points.wallet(other)).isEqualTo(new WalletView(other, 0, 0));
  }

  @Test
  void aChargeCountsOnceForItsKey() {
    points.charge(user, "again", 50);
    points.charge(user, "again", 50);
    assertWallet(1050, 0);
    assertRefused(Reason.IDEMPOTENCY_KEY_REUSED, () -> points.charge(user, "again", 51));
  }

  @Test
  void keysThatDifferInCaseAreDifferentKeys() {
    points.charge(user, "key", 1);
    points.charge(user, "KEY", 1);
    assertWallet(1002, 0);
  }

  @Test
  void aWalletDoesNotOverflow() {
    assertRefused(Reason.BALANCE_LIMIT, () -> points.charge(user, "much", LARGEST_BALANCE));
    assertWallet(1000, 0);
  }

  @Test
  void aRefundIsNotRefusedBecauseTheWalletIsFull() {
    points.charge(user, "nearly full", LARGEST_BALANCE - 1000);
    participant.use(payment, user, 300);
    points.charge(user, "full again", 300);

    participant.refund(payment, user);

    assertWallet(LARGEST_BALANCE + 300, 0);
    assertRefused(Reason.BALANCE_LIMIT, () -> points.charge(user, "more", 1));
  }

  @Test
  void aUseCountsOnceForItsPayment() {
    participant.use(payment, user, 300);
    participant.use(payment, user, 300);
    assertWallet(700, 0);
    assertThat(points.history(user, 0, 10))
        .extracting(EntryView::kind, EntryView::amount)
        .containsExactly(tuple(Kind.USE, -300L), tuple(Kind.CHARGE, 1000L));
  }

  @Test
  void aUseOfMoreThanTheBalanceIsRefused() {
    assertRefused(Reason.INSUFFICIENT_POINTS, () -> participant.use(payment, user, 1001));
    assertRefused(Reason.INSUFFICIENT_POINTS, () -> participant.use(payment, UUID.randomUUID(), 1));
    assertWallet(1000, 0);
  }

  @Test
  void aRefundGivesBackOnceWhatWasUsed() {
    participant.use(payment, user, 300);
    participant.refund(payment, user);
    participant.refund(payment, user);
    assertWallet(1000, 0);
  }

  @Test
  void aUseThatArrivesAfterItsRefundIsRefused() {
    participant.refund(payment, user);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.use(payment, user, 300));
    assertWallet(1000, 0);
  }

  @Test
  void reservedPointsAreNotAvailableToOthers() {
    participant.reserve(payment, user, 700);
    participant.reserve(payment, user, 700);
    assertWallet(1000, 700);
    assertRefused(
        Reason.INSUFFICIENT_POINTS, () -> participant.reserve(UUID.randomUUID(), user, 301));
    assertRefused(Reason.INSUFFICIENT_POINTS, () -> participant.use(UUID.randomUUID(), user, 301));
    participant.use(UUID.randomUUID(), user, 300);
    assertWallet(700, 700);
  }

  @Test
  void confirmedPointsAreUsedOnce() {
    participant.reserve(payment, user, 700);
    participant.confirm(payment, user);
    participant.confirm(payment, user);
    assertWallet(300, 0);
  }

  @Test
  void whosePointsAreReservedIsKnownAsLongAsTheyAre() {
    UUID other = UUID.randomUUID();
    participant.reserve(payment, user, 300);
    participant.reserve(other, user, 300);
    assertThat(participant.userOfReserved(payment)).contains(user);
    participant.confirm(payment, user);
    participant.release(other, user);
    assertThat(participant.userOfReserved(payment)).isEmpty();
    assertThat(participant.userOfReserved(other)).isEmpty();
  }

  @Test
  void releasedPointsAreAvailableAgain() {
    participant.reserve(payment, user, 700);
    participant.release(payment, user);
    participant.release(payment, user);
    assertWallet(1000, 0);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.reserve(payment, user, 700));
    assertThatIllegalStateException().isThrownBy(() -> participant.confirm(payment, user));
  }

  @Test
  void aReservationThatArrivesAfterItsReleaseIsRefused() {
    participant.release(payment, user);
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.reserve(payment, user, 700));
    assertWallet(1000, 0);
  }

  @Test
  void anUndoThatComesFirstIsRememberedForAUserWithoutWallet() {
    UUID newcomer = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    participant.refund(payment, newcomer);
    participant.release(other, newcomer);

    points.charge(newcomer, "first", 1000);

    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.use(payment, newcomer, 300));
    assertRefused(Reason.PAYMENT_UNDONE, () -> participant.reserve(other, newcomer, 300));
  }

  @Test
  void firstPaymentsAtOnceAreRefusedForLackOfPoints() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID newcomer = UUID.randomUUID();

      List<String> answers =
          AtOnce.run(
              Stream.of(1, 2, 3, 4)
                  .flatMap(
                      number ->
                          Stream.of(
                              answerTo(() -> participant.use(UUID.randomUUID(), newcomer, 100)),
                              answerTo(
                                  () -> participant.reserve(UUID.randomUUID(), newcomer, 100))))
                  .toList());

      assertThat(answers).containsOnly("insufficient-points");
    }
  }

  @Test
  void whateverFirstUsesAWalletAtOnceIsAnsweredAsIfOneCameAfterTheOther() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID newcomer = UUID.randomUUID();

      List<String> answers =
          AtOnce.run(
              List.of(
                  answerTo(() -> participant.use(UUID.randomUUID(), newcomer, 1000)),
                  answerTo(() -> participant.reserve(UUID.randomUUID(), newcomer, 1000)),
                  answerTo(() -> points.charge(newcomer, "one", 100)),
                  answerTo(() -> points.charge(newcomer, "one", 100)),
                  answerTo(() -> points.charge(newcomer, "other", 100)),
                  answerTo(() -> participant.refund(UUID.randomUUID(), newcomer)),
                  answerTo(() -> participant.release(UUID.randomUUID(), newcomer))));

      assertThat(answers)
          .containsExactly(
              "insufficient-points", "insufficient-points", "done", "done", "done", "done", "done");
      assertThat(points.wallet(newcomer)).isEqualTo(new WalletView(newcomer, 200, 0));
    }
  }

  @Test
  void aCompletedPaymentIsRefundedOnceHoweverItsPointsWereUsed() {
    participant.use(payment, user, 300);
    points.refund(payment, user);
    points.refund(payment, user);
    assertWallet(1000, 0);

    UUID confirmed = UUID.randomUUID();
    participant.reserve(confirmed, user, 700);
    assertRefused(Reason.PAYMENT_IN_PROGRESS, () -> points.refund(confirmed, user));
    participant.confirm(confirmed, user);
    points.refund(confirmed, user);
    assertWallet(1000, 0);
  }

  @Test
  void aWalletIsClosedWhenItIsEmptyAndThenTakesRefundsAlone() {
    assertRefused(Reason.POINTS_REMAIN, () -> points.close(user, 1));
    points.charge(user, "more", 1);
    participant.use(payment, user, 1001);
    points.close(user, 2);
    points.close(user, 2);
    points.charge(user, "more", 1);
    assertRefused(Reason.USER_WITHDRAWN, () -> points.charge(user, "again", 1));
    assertWallet(0, 0);
    points.refund(payment, user);
    assertWallet(1001, 0);
    points.reopen(user, 2);
    points.charge(user, "again", 1);
    assertWallet(1002, 0);
  }

  @Test
  void aClosingThatWasGivenUpOrOvertakenIsIgnored() {
    UUID other = UUID.randomUUID();
    points.reopen(other, 2);
    assertThatThrownBy(() -> points.close(other, 1)).isInstanceOf(ServiceUnavailable.class);
    assertThatThrownBy(() -> points.close(other, 2)).isInstanceOf(ServiceUnavailable.class);
    points.close(other, 3);
    points.reopen(other, 2);
    assertRefused(Reason.USER_WITHDRAWN, () -> points.charge(other, "key", 1));
  }

  @Test
  void pointsThatWereNeverReservedCannotBeConfirmed() {
    assertThatIllegalStateException().isThrownBy(() -> participant.confirm(payment, user));
  }

  private void assertWallet(long balance, long reserved) {
    assertThat(points.wallet(user)).isEqualTo(new WalletView(user, balance, reserved));
  }

  private static Callable<String> answerTo(Runnable step) {
    return () -> {
      try {
        step.run();
        return "done";
      } catch (Refusal refusal) {
        return refusal.reason().id();
      } catch (RuntimeException failure) {
        return failure.toString();
      }
    };
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
