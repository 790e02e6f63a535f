package org.ticketing.jmh;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.seata.core.exception.TransactionException;
import org.apache.seata.core.model.GlobalStatus;
import org.apache.seata.rm.tcc.api.LocalTCC;
import org.apache.seata.rm.tcc.api.TwoPhaseBusinessAction;
import org.apache.seata.spring.boot.autoconfigure.SeataAutoConfiguration;
import org.apache.seata.spring.boot.autoconfigure.SeataCoreAutoConfiguration;
import org.apache.seata.tm.api.GlobalTransaction;
import org.apache.seata.tm.api.GlobalTransactionContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;

/**
 * What TCC costs before anyone does any work: begin and commit of a global transaction at Seata's
 * server, with 0 to 8 branches whose try and confirm do nothing. The server registers each branch
 * when it is tried, and at the commit asks for all confirmations at the same time: the cost is a
 * constant and a price for each branch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SeataTcc {

  private static final int TIMEOUT_MILLIS = 30_000;

  private static final LongAdder CONFIRMED = new LongAdder();

  @Param({"0", "1", "2", "4", "8"})
  private int branches;

  private LocalStack stack;
  private ConfigurableApplicationContext client;
  private Nothing nothing;

  /** A participant without anything to do. */
  @LocalTCC
  public static class Nothing {

    @TwoPhaseBusinessAction(
        name = "nothing",
        commitMethod = "confirm",
        commitArgsClasses = {},
        rollbackMethod = "cancel",
        rollbackArgsClasses = {})
    public void attempt() {}

    public void confirm() {
      CONFIRMED.increment();
    }

    public void cancel() {}
  }

  /** Seata finds actions by the class of a bean's definition, which that of a method lacks. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties
  @ImportAutoConfiguration({SeataCoreAutoConfiguration.class, SeataAutoConfiguration.class})
  @Import(Nothing.class)
  static class Client {}

  @Setup(Level.Trial)
  public void start() {
    stack = LocalStack.start(StackOptions.forServers(Set.of("seata")));
    client = SeataClient.start(Client.class, SeataClient.of(stack.server("seata")));
    nothing = client.getBean(Nothing.class);
  }

  @TearDown(Level.Trial)
  public void stop() {
    client.close();
    stack.close();
    if (branches > 0 && CONFIRMED.sum() == 0) {
      throw new IllegalStateException("Seata knew nothing of the branches.");
    }
  }

  @Benchmark
  public GlobalStatus commit() throws TransactionException {
    GlobalTransaction transaction = GlobalTransactionContext.createNew();
    transaction.begin(TIMEOUT_MILLIS, "jmh");
    for (int branch = 0; branch < branches; branch++) {
      nothing.attempt();
    }
    transaction.commit();
    return transaction.getLocalStatus();
  }
}
