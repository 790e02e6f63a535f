package org.ticketing.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.ticketing.platform.Paths;
import org.ticketing.platform.tracking.Decision;
import org.ticketing.platform.tracking.Effect;
import org.ticketing.platform.tracking.EngineView;
import org.ticketing.platform.tracking.Steering;
import org.ticketing.platform.tracking.TransactionState;

/** The global transactions of payments, and what operators can do about them. */
@HttpExchange(Paths.OPERATIONS + "transactions")
public interface TransactionsApi {

  /**
   * Transactions, the latest first: those that are recorded, those under way, and those that only
   * the engine knows of. Refused with {@code invalid-request} if {@code show} or {@code after} is
   * none of ours.
   *
   * @param show {@code all}; {@code in-flight}, those that are not over; {@code in-doubt}, those of
   *     them whose participants still have to be told, or whose decision is unknown; {@code
   *     failed}, without those that were refused; {@code slow}, those that take or took longer than
   *     a second
   * @param after the {@link TransactionPage#next} of the page before; null for the first
   * @param size 1 to 1000
   */
  @GetExchange
  TransactionPage list(
      @RequestParam(name = "show", defaultValue = "all") String show,
      @RequestParam(name = "user", required = false) UUID user,
      @RequestParam(name = "payment", required = false) UUID payment,
      @RequestParam(name = "reservation", required = false) UUID reservation,
      @RequestParam(name = "xid", required = false) String xid,
      @RequestParam(name = "key", required = false) String key,
      @RequestParam(name = "from", required = false) Instant from,
      @RequestParam(name = "to", required = false) Instant to,
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "100") @Min(1) @Max(1000) int size);

  /**
   * One transaction, as its payment is recorded and as the engine sees it. Refused with {@code
   * unknown-transaction} if neither is known, nor its begin in the log.
   *
   * @param id of the payment, or an Xid. It is no part of the path, because an Xid may have slashes
   */
  @GetExchange("/one")
  TransactionDetail find(@RequestParam("id") String id);

  /** How many have ended how in the last minutes, and how many are under way. */
  @GetExchange("/counts")
  TransactionCounts counts();

  /** Says what a steering would do to each of the transactions. */
  @PostExchange("/previews")
  List<Steered> preview(@Valid @RequestBody SteeringOrder order);

  /**
   * Does it, one transaction after the other, and writes down who has ordered it, and why. Refused
   * with {@code invalid-request} without a reason if it decides something: to complete, to undo, or
   * to release. What is not begun after 20 seconds is left, and its effect says so; order it again.
   */
  @PostExchange("/steerings")
  List<Steered> steer(@Valid @RequestBody SteeringOrder order);

  /** What operators have ordered, the latest first. */
  @GetExchange("/steerings")
  SteeringPage steerings(
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "100") @Min(1) @Max(1000) int size);

  /**
   * @param protocol the name of the system
   * @param notReached who did not answer, so that something may be missing, a line each
   */
  record TransactionPage(
      String protocol,
      List<TransactionSummary> transactions,
      String next,
      List<String> notReached) {}

  /**
   * @param payment null if only the engine knows of it, and not which payment it is
   * @param xid null if it is not known any more
   * @param key the idempotency key
   * @param outcome {@code completed}, {@code refused}, {@code failed}, or null while there is none
   * @param reason why it was refused or has failed, else null
   * @param endedAt null while it is under way
   * @param stuck whether it should have been over by now
   */
  record TransactionSummary(
      UUID payment,
      String xid,
      TransactionState state,
      UUID user,
      UUID reservation,
      String key,
      Long amount,
      String outcome,
      String reason,
      Instant startedAt,
      Instant endedAt,
      boolean stuck) {}

  /**
   * @param engine null if the engine knows nothing of it
   * @param possible what each steering would do
   */
  record TransactionDetail(
      TransactionSummary transaction,
      String protocol,
      String patience,
      Decision decision,
      EngineView engine,
      Map<Steering, Effect> possible) {}

  /**
   * @param byOutcome those that ended in the last five minutes, by outcome and reason, such as
   *     {@code refused insufficient-points}
   * @param perSecond completed payments a second, in the last minute
   */
  record TransactionCounts(
      Map<String, Long> byOutcome, double perSecond, long inFlight, long inDoubt, long stuck) {}

  /**
   * @param transactions ids of payments, or Xids
   * @param reason is written down with the order
   * @param heuristic whether the operator knows to decide instead of the protocol; without it, what
   *     would be a heuristic decision is refused. It may be left out
   */
  record SteeringOrder(
      @NotNull Steering steering,
      @NotEmpty @Size(max = 1000) List<@NotBlank String> transactions,
      @Size(max = 200) String reason,
      Boolean heuristic) {

    public SteeringOrder {
      heuristic = Boolean.TRUE.equals(heuristic);
    }
  }

  /** What became, or would become, of one of them. */
  record Steered(String transaction, Effect effect) {}

  record SteeringPage(List<SteeringRecord> steerings, String next) {}

  /**
   * @param operator who has ordered it
   * @param effect what was done; null if the process died meanwhile
   */
  record SteeringRecord(
      Instant at,
      UUID operator,
      Steering steering,
      String transaction,
      String reason,
      boolean heuristic,
      Effect effect) {}
}
