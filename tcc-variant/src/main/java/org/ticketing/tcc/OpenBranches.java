package org.ticketing.tcc;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.seata.common.Constants;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.BranchStatus;
import org.apache.seata.core.model.BranchType;
import org.apache.seata.core.model.ResourceManager;
import org.apache.seata.rm.DefaultResourceManager;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.ticketing.payment.PaymentApi.PaymentView;
import tools.jackson.databind.json.JsonMapper;

/**
 * The branches of this process that have been tried and are neither confirmed nor cancelled. They
 * are ended here without Seata's server; see {@link BranchRecovery}.
 */
@Component
class OpenBranches {

  private static final String OPEN =
      """
      SELECT xid, branch_id, action_name, status = 5 AS orphaned FROM tcc_fence_log
      WHERE status IN (1, 5)""";

  private static final RowMapper<Branch> BRANCH =
      (row, number) ->
          Branch.named(
              row.getString("xid"),
              row.getLong("branch_id"),
              row.getString("action_name"),
              row.getBoolean("orphaned"));

  private final JdbcClient fence;
  private final TransactionTemplate transactions;
  private final JsonMapper json;

  OpenBranches(JdbcClient fence, TransactionTemplate transactions, JsonMapper json) {
    this.fence = fence;
    this.transactions = transactions;
    this.json = json;
  }

  Set<Branch> all() {
    return fence.sql(OPEN).query(BRANCH).set();
  }

  /** Those whose recovery no operator has stopped. */
  Set<Branch> notSuspended() {
    return fence.sql(OPEN + " AND NOT suspended").query(BRANCH).set();
  }

  Set<Branch> of(String xid) {
    return fence.sql(OPEN + " AND xid = :xid").param("xid", xid).query(BRANCH).set();
  }

  /** Stops the recovery of a transaction's branches, or starts it again. */
  void suspend(String xid, boolean suspended) {
    fence
        .sql(
            """
            UPDATE tcc_fence_log SET suspended = :suspended
            WHERE xid = :xid AND status IN (1, 5)""")
        .param("suspended", suspended)
        .param("xid", xid)
        .update();
  }

  /**
   * Counts them.
   *
   * @param late tried before this time, they should have been ended
   */
  Count count(Instant late) {
    return fence
        .sql(
            """
            SELECT count(*) AS number, min(gmt_create) AS oldest,
                   count(CASE WHEN status = 5 THEN 1 END) AS orphaned,
                   count(CASE WHEN status = 1 AND gmt_create < :late THEN 1 END) AS late
            FROM tcc_fence_log WHERE status IN (1, 5)""")
        .param("late", Timestamp.from(late))
        .query(
            (row, number) ->
                new Count(
                    row.getLong("number"),
                    Optional.ofNullable(row.getTimestamp("oldest")).map(Timestamp::toInstant),
                    row.getLong("orphaned"),
                    row.getLong("late")))
        .single();
  }

  /**
   * @param oldest when the first of them was tried; empty if there are none
   */
  record Count(long open, Optional<Instant> oldest, long orphaned, long late) {}

  /**
   * Takes the open branch of a payment away from Seata's server, whose confirm and cancel are
   * refused from then on: also those that are under way and come late. It stays open until {@link
   * #end} is called.
   *
   * @return false if the payment has no open branch of that action
   */
  boolean orphan(String xid, String action, UUID paymentId) {
    int orphaned =
        fence
            .sql(
                """
                UPDATE tcc_fence_log SET status = 5
                WHERE xid = :xid AND action_name = :name AND status IN (1, 5)""")
            .param("xid", xid)
            .param("name", Branch.name(action, paymentId))
            .update();
    return orphaned > 0;
  }

  /**
   * Confirms the branch if its payment is to be completed, else cancels it, by the same call as
   * Seata's server would. A branch that has been ended in this way already is left as it is.
   *
   * @throws IllegalStateException it could not be ended, or was ended in the other way
   */
  void end(Branch branch, PaymentView payment, boolean complete) {
    endWith(
        Map.of("userId", payment.userId(), "reservationId", payment.reservationId()),
        branch,
        complete);
  }

  /**
   * Confirms the branch in which this process has recorded the payment of a transaction.
   *
   * @throws RuntimeException it could not be confirmed
   */
  void confirmPayment(String xid) {
    Branch branch =
        fence
            .sql(
                """
                SELECT xid, branch_id, action_name, status = 5 AS orphaned FROM tcc_fence_log
                WHERE xid = :xid AND action_name LIKE 'payment %'""")
            .param("xid", xid)
            .query(BRANCH)
            .single();
    endWith(Map.of(), branch, true);
  }

  /**
   * Does the same.
   *
   * @param arguments of the action's confirm and cancel, beside the payment's id
   * @throws IllegalStateException it could not be ended, or was ended in the other way
   */
  void endWith(Map<String, UUID> arguments, Branch branch, boolean confirm) {
    transactions.executeWithoutResult(
        transaction -> {
          giveBack(branch);
          BranchStatus answer = ask(branch, data(branch, arguments), confirm);
          if (answer != BranchStatus.PhaseTwo_Committed
              && answer != BranchStatus.PhaseTwo_Rollbacked) {
            throw new IllegalStateException(branch + " answers " + answer);
          }
        });
  }

  /** Makes an orphaned branch one that can be ended, for the transaction in which it is ended. */
  private void giveBack(Branch branch) {
    fence
        .sql(
            """
            UPDATE tcc_fence_log SET status = 1
            WHERE xid = :xid AND branch_id = :id AND status = 5""")
        .param("xid", branch.xid())
        .param("id", branch.id())
        .update();
  }

  private static BranchStatus ask(Branch branch, String data, boolean confirm) {
    ResourceManager actions = DefaultResourceManager.get();
    try {
      return confirm
          ? actions.branchCommit(BranchType.TCC, branch.xid(), branch.id(), branch.action(), data)
          : actions.branchRollback(
              BranchType.TCC, branch.xid(), branch.id(), branch.action(), data);
    } catch (TransactionException failure) {
      throw new IllegalStateException(branch + " is not ended", failure);
    }
  }

  /** What Seata's server keeps of a branch: the arguments of its confirm and cancel. */
  private String data(Branch branch, Map<String, UUID> arguments) {
    Map<String, Object> context = new HashMap<>(arguments);
    context.put(Branch.PAYMENT_ID, branch.paymentId());
    context.put(Constants.USE_COMMON_FENCE, true);
    return json.writeValueAsString(Map.of(Constants.TX_ACTION_CONTEXT, context));
  }
}
