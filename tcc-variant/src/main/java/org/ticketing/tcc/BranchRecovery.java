package org.ticketing.tcc;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.seata.core.model.GlobalStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.ticketing.payment.PaymentApi;
import org.ticketing.payment.PaymentApi.PaymentView;
import org.ticketing.payment.PaymentApi.Status;
import org.ticketing.platform.ServiceUnavailable;

/**
 * Ends the branches of this process that Seata's server has forgotten, as the payment's record
 * says. The server forgets all transactions when its store is lost. It also forgets one that it has
 * cancelled, whose try may arrive later than that.
 *
 * <p>A server that is away forgets nothing: only its answer counts. Several instances may do this
 * at the same time, because the fence ends a branch once. See the package page for why no decision
 * is undone. An operator can stop this for a transaction.
 */
@Component
class BranchRecovery {

  private static final Logger log = LoggerFactory.getLogger(BranchRecovery.class);

  private static final int SECONDS_BETWEEN_LOOKS = 5;
  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(SECONDS_BETWEEN_LOOKS);

  private final OpenBranches branches;
  private final PaymentApi payments;
  private final Optional<ForgottenPayments> forgottenPayments;
  private Set<Branch> lastSeen = Set.of();

  /**
   * @param forgottenPayments in the payment process
   */
  BranchRecovery(
      OpenBranches branches, PaymentApi payments, Optional<ForgottenPayments> forgottenPayments) {
    this.branches = branches;
    this.payments = payments;
    this.forgottenPayments = forgottenPayments;
  }

  /**
   * Looks at the branches that were open the last time, too: the server is not asked for each
   * payment under way. No clock is read, so none that steps can keep a branch open.
   */
  @Scheduled(fixedDelay = SECONDS_BETWEEN_LOOKS, timeUnit = TimeUnit.SECONDS)
  void endTheForgotten() {
    Set<Branch> before = lastSeen;
    lastSeen = branches.notSuspended();
    for (Branch branch : lastSeen) {
      try {
        if (branch.orphaned() || before.contains(branch) && isForgotten(branch)) {
          end(branch);
        }
      } catch (ServiceUnavailable noAnswer) {
        log.warn("Open branches have to wait: {}", noAnswer.getMessage());
        return;
      } catch (RuntimeException failure) {
        log.warn("{} is not ended yet: {}", branch, failure.toString());
      }
    }
  }

  private static boolean isForgotten(Branch branch) {
    return SeataServer.statusOf(branch.xid()) == GlobalStatus.Finished;
  }

  private void end(Branch branch) {
    if (branch.action().equals(PaymentAction.NAME)) {
      forgottenPayments.orElseThrow().decide(branch);
      return;
    }
    PaymentView payment = payments.find(branch.paymentId());
    if (payment.status() != Status.REQUESTED) {
      branches.end(branch, payment, payment.status() == Status.COMPLETED);
    }
  }
}
