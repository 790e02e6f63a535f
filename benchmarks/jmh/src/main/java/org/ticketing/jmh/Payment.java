package org.ticketing.jmh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.system.SystemDescription;
import org.ticketing.stack.system.SystemKeys;
import org.ticketing.stack.system.SystemOptions;
import org.ticketing.stack.system.Systems;
import org.ticketing.stack.system.TicketingSystem;
import org.ticketing.workload.Answer;
import org.ticketing.workload.BoxOffice;
import org.ticketing.workload.Connections;
import org.ticketing.workload.PaymentClient;
import org.ticketing.workload.PlannedPayment;
import org.ticketing.workload.PublicApis;
import org.ticketing.workload.Workload;
import org.ticketing.workload.Workload.Mix;
import org.ticketing.workload.history.History;
import org.ticketing.workload.history.Outcome;

/**
 * What a whole payment takes, of which the protocol is one part: one client pays through the public
 * API of a system. Beside what the other benchmarks of this module measure, it contains HTTP,
 * tokens, rules and statements.
 *
 * <p>The services are warmed up by a few thousand payments at most, and go on getting faster for
 * longer than this lasts. To compare systems, use {@code ./ticketing compare}, which waits until
 * they are warm, and plays them in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 4, time = 5)
public class Payment {

  private static final int AT_A_TIME = 500;
  private static final Workload WORKLOAD = new Workload(AT_A_TIME, 1, new Mix(0, 0, 0, 0, 1));

  /** {@link MicroBenchmarks} puts all systems here, unless the command line names some. */
  @Param("every")
  private String system;

  private final History history = new History("jmh");
  private final Deque<PlannedPayment> planned = new ArrayDeque<>();
  private LocalStack stack;
  private BoxOffice boxOffice;
  private PaymentClient client;
  private PlannedPayment next;
  private int rounds;

  @Setup(Level.Trial)
  public void start() throws Exception {
    SystemDescription description = Systems.named(system);
    stack = LocalStack.start(StackOptions.forSystems(description));
    TicketingSystem running =
        stack.start(
            description,
            SystemOptions.NONE
                .withProperties(BoxOffice.SETTING)
                .withProperties(
                    Map.of(
                        "ticketing.observability.enabled",
                        "false",
                        "ticketing.tracking.enabled",
                        "false")));
    PublicApis visitor = PublicApis.at(running::url, Connections.ofApis());
    PublicApis operator = visitor.as(SystemKeys.OPERATOR, stack.keys().operatorPassword());
    boxOffice = BoxOffice.open(visitor, operator, WORKLOAD, history);
    client = new PaymentClient(running.url("payment"), history);
  }

  /** Reserves the seats before the iteration, so that payments follow each other in it. */
  @Setup(Level.Iteration)
  public void reserve() throws InterruptedException {
    if (planned.size() < AT_A_TIME) {
      planned.addAll(boxOffice.prepare(rounds++));
    }
  }

  /** An invocation takes milliseconds, so that reading the clock around each does no harm. */
  @Setup(Level.Invocation)
  public void choose() throws InterruptedException {
    if (planned.isEmpty()) {
      reserve();
    }
    next = planned.remove();
  }

  @TearDown(Level.Trial)
  public void stop() throws Exception {
    client.close();
    stack.close();
  }

  @Benchmark
  public Answer pay() {
    Answer answer = client.pay(next, UUID.randomUUID().toString());
    if (answer.outcome() != Outcome.COMPLETED) {
      throw new IllegalStateException("The payment was answered " + answer + ".");
    }
    return answer;
  }
}
