package org.ticketing.platform.tracking;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.ticketing.platform.Paths;

/**
 * What one process tells of global transactions, for operators. Every process that takes part in
 * payments offers it.
 */
@HttpExchange(Paths.OPERATIONS + "tracking")
public interface TrackingApi {

  /**
   * What has happened in the transactions that this process took part in, in the order in which it
   * was written down, by any instance of the service. With neither a payment nor an Xid, of all
   * transactions. Refused with {@code invalid-request} if {@code after} is none of ours.
   *
   * @param after the {@link LogPage#next} of the page before; null for the first
   * @param size 1 to 1000
   */
  @GetExchange("/log")
  LogPage log(
      @RequestParam(name = "payment", required = false) UUID payment,
      @RequestParam(name = "xid", required = false) String xid,
      @RequestParam(name = "after", required = false) String after,
      @RequestParam(name = "size", defaultValue = "200") @Min(1) @Max(1000) int size);

  /**
   * What the database of this process holds of a transaction now. Refused with {@code
   * invalid-request} if neither a payment nor an Xid is given.
   */
  @GetExchange("/holdings")
  List<Holding> holdings(
      @RequestParam(name = "payment", required = false) UUID payment,
      @RequestParam(name = "xid", required = false) String xid);

  /**
   * @param entries the oldest first
   * @param next asks for what follows, also if that is not there yet; null if there are no entries.
   *     Who waits for more keeps the cursor with which it got none
   * @param keptSince before then, entries were removed; null if none were
   * @param lost how many entries this process could not write since its start
   */
  record LogPage(List<LogEntry> entries, String next, Instant keptSince, long lost) {}

  /**
   * Either a change of state ({@code from}, {@code to}) or a phase ({@code phase}, {@code
   * participant}, {@code micros}).
   *
   * @param at when it happened; of a phase, when it began
   * @param service who has written it, such as {@code point}
   * @param instance which process of that service
   * @param payment null if it is not known there
   * @param xid null if there is none, or it is not known there
   * @param micros how long the phase took
   * @param cause why the state has changed, or why the phase has failed, in one line; null if there
   *     is nothing to say
   * @param failed whether the phase has failed
   */
  record LogEntry(
      Instant at,
      String service,
      String instance,
      UUID payment,
      String xid,
      TransactionState from,
      TransactionState to,
      String phase,
      String participant,
      Long micros,
      String cause,
      boolean failed) {}
}
