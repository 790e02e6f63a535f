package org.ticketing.tcc;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.core.model.TransactionManager;
import org.apache.seata.tm.TransactionManagerHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;

class BranchRecoveryTest {

  private static final String XID = "127.0.0.1:8091:1";

  private final TransactionManager server = mock();
  private final OpenBranches branches = mock();
  private final PaymentApi payments = mock();
  private final ForgottenPayments forgottenPayments = mock();
  private final BranchRecovery recovery =
      new BranchRecovery(branches, payments, Optional.of(forgottenPayments));

  @BeforeEach
  void askTheServerOfTheTest() {
    TransactionManagerHolder.set(server);
  }

  @ParameterizedTest
  @CsvSource({"COMPLETED, true", "FAILED, false"})
  void aBranchThatTheServerHasForgottenIsEndedAsThePaymentWas(Status status, boolean complete)
      throws Exception {
    Branch branch = open(branch("point", false));
    PaymentView payment = recorded(branch, status);
    theServerAnswers(GlobalStatus.Finished);

    lookTwice();

    verify(branches).end(branch, payment, complete);
  }

  @Test
  void aBranchOfAPaymentThatIsNotDecidedStaysOpen() throws Exception {
    recorded(open(branch("point", false)), Status.REQUESTED);
    theServerAnswers(GlobalStatus.Finished);

    lookTwice();

    verify(branches, never()).end(any(), any(), anyBoolean());
  }

  @Test
  void thePaymentsOwnBranchIsDecided() throws Exception {
    Branch branch = open(branch("payment", false));
    theServerAnswers(GlobalStatus.Finished);

    lookTwice();

    verify(forgottenPayments).decide(branch);
  }

  @ParameterizedTest
  @EnumSource(names = "Finished", mode = Mode.EXCLUDE)
  void aBranchThatTheServerKnowsIsLeftToIt(GlobalStatus status) throws Exception {
    open(branch("point", false));
    theServerAnswers(status);

    lookTwice();

    verifyNoInteractions(payments);
  }

  @Test
  void aServerThatIsAwayHasForgottenNothing() throws Exception {
    open(branch("point", false));
    when(server.getStatus(XID)).thenThrow(new TransactionException("no answer"));

    lookTwice();

    verifyNoInteractions(payments);
  }

  @Test
  void aBranchThatWasNotOpenTheLastTimeIsOfAPaymentUnderWay() {
    open(branch("point", false));

    recovery.endTheForgotten();

    verifyNoInteractions(server, payments);
  }

  @Test
  void anOrphanedBranchIsEndedWithoutTheServer() {
    Branch branch = open(branch("point", true));
    PaymentView payment = recorded(branch, Status.FAILED);

    recovery.endTheForgotten();

    verify(branches).end(branch, payment, false);
    verifyNoInteractions(server);
  }

  private void lookTwice() {
    recovery.endTheForgotten();
    recovery.endTheForgotten();
  }

  private void theServerAnswers(GlobalStatus status) throws TransactionException {
    when(server.getStatus(XID)).thenReturn(status);
  }

  private static Branch branch(String action, boolean orphaned) {
    return new Branch(XID, 1, action, UUID.randomUUID(), orphaned);
  }

  private Branch open(Branch branch) {
    when(branches.notSuspended()).thenReturn(Set.of(branch));
    return branch;
  }

  private PaymentView recorded(Branch branch, Status status) {
    var payment =
        new PaymentView(
            branch.paymentId(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            100L,
            status,
            status == Status.FAILED ? "payment-cancelled" : null,
            Instant.EPOCH,
            null);
    when(payments.find(branch.paymentId())).thenReturn(payment);
    return payment;
  }
}
