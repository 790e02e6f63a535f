package org.ticketing.seata;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import org.apache.seata.common.loader.LoadLevel;
import org.apache.seata.core.exception.TmTransactionException;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.exception.TransactionExceptionCode;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.core.model.TransactionManager;
import org.apache.seata.tm.DefaultTransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins transactions with Seata's own manager, one at a time while Seata's server gives no answer.
 * The others are refused at once. Loaded by Seata in place of its own.
 *
 * <p>Without this, payments wait for each other long after the server is back. In Seata's client
 * (NettyClientChannelManager; 2.5.0, and 2.6.0 has the same) all who want a lost connection queue
 * for a lock, and whoever has it tries to connect for up to 10 seconds. The client's event loops
 * queue for it too, to give up connections that have been closed. A new connection cannot be made
 * while its event loop waits there. So each of those in the queue has to give up first, one every
 * 10 seconds: <a href="https://github.com/apache/incubator-seata/issues/7497">issue 7497</a>.
 */
@LoadLevel(name = "circuit-breaking", order = 1)
public class CircuitBreakingTransactionManager implements TransactionManager {

  private static final Logger log =
      LoggerFactory.getLogger(CircuitBreakingTransactionManager.class);

  /** So many failures, one after the other. One that succeeds is enough to go on. */
  private static final int FAILURES = 2;

  private static final int ALL_PERCENT = 100;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * How long others wait for the one that asks; longer than it takes to connect, and to get no
   * answer. An error of the JVM would otherwise have them wait for ever, because its end is never
   * told.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TransactionManager server;
  private final CircuitBreaker breaker;

  /** For Seata, which loads it by its name. */
  public CircuitBreakingTransactionManager() {
    this(new DefaultTransactionManager(), PATIENCE);
  }

  CircuitBreakingTransactionManager(TransactionManager server, Duration patience) {
    this.server = server;
    this.breaker =
        CircuitBreaker.of(
            "seata",
            CircuitBreakerConfig.custom()
                .slidingWindow(FAILURES, FAILURES, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(ALL_PERCENT)
                .waitDurationInOpenState(PAUSE)
                .permittedNumberOfCallsInHalfOpenState(1)
                .maxWaitDurationInHalfOpenState(patience)
                .writableStackTraceEnabled(false)
                .build());
    breaker.getEventPublisher().onStateTransition(CircuitBreakingTransactionManager::tell);
  }

  private static void tell(CircuitBreakerOnStateTransitionEvent event) {
    State from = event.getStateTransition().getFromState();
    State to = event.getStateTransition().getToState();
    if (from == State.CLOSED && to == State.OPEN) {
      log.warn(
          "Seata's server begins no transactions. It is asked for one at a time until it does.");
    } else if (to == State.CLOSED) {
      log.info("Seata's server begins transactions again.");
    }
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  /**
   * Begins a transaction.
   *
   * @throws TransactionException the server gave no answer, or it was not asked because it gave
   *     none to those before
   */
  @Override
  public String begin(String application, String group, String name, int timeoutMillis)
      throws TransactionException {
    try {
      return breaker.executeCallable(() -> server.begin(application, group, name, timeoutMillis));
    } catch (CallNotPermittedException open) {
      throw new TmTransactionException(
          TransactionExceptionCode.BeginFailed,
          "not asked, because it gave no answer before",
          open);
    } catch (TransactionException | RuntimeException failure) {
      throw failure;
    } catch (Exception undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }

  @Override
  public GlobalStatus commit(String xid) throws TransactionException {
    return server.commit(xid);
  }

  @Override
  public GlobalStatus rollback(String xid) throws TransactionException {
    return server.rollback(xid);
  }

  @Override
  public GlobalStatus getStatus(String xid) throws TransactionException {
    return server.getStatus(xid);
  }

  @Override
  public GlobalStatus globalReport(String xid, GlobalStatus status) throws TransactionException {
    return server.globalReport(xid, status);
  }
}
