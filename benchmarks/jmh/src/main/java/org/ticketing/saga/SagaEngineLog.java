package org.ticketing.saga;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.seata.saga.engine.StateMachineEngine;
import org.apache.seata.saga.engine.impl.DefaultStateMachineConfig;
import org.apache.seata.saga.engine.impl.ProcessCtrlStateMachineEngine;
import org.apache.seata.saga.statelang.domain.ExecutionStatus;
import org.apache.seata.saga.statelang.domain.StateMachineInstance;
import org.apache.seata.spring.boot.autoconfigure.SeataCoreAutoConfiguration;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.ticketing.jmh.SeataClient;
import org.ticketing.payment.PaymentCommand;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.stack.LocalStack;
import org.ticketing.stack.StackOptions;
import org.ticketing.stack.server.JdbcAccess;

/**
 * What a saga's memory costs: the saga of a payment, whose four steps do nothing, run by Seata's
 * engine. Without a log the engine is a loop over a state machine, and a crash forgets the saga.
 * With its log in PostgreSQL, each step is a row that is inserted and then updated, each forced.
 * With the server as well, which knows of sagas that have begun, there are two messages and the
 * server's own forced writes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SagaEngineLog {

  /** Who remembers a saga that is under way. */
  public enum Memory {
    NOBODY(),
    LOG("postgresql"),
    LOG_AND_SERVER("postgresql", "seata");

    private final Set<String> servers;

    Memory(String... servers) {
      this.servers = Set.of(servers);
    }
  }

  @Param private Memory memory;

  private LocalStack stack;
  private HikariDataSource database;
  private ConfigurableApplicationContext context;
  private SagaTransactions transactions;
  private StateMachineEngine engine;

  /** The payment's steps without their work. The engine finds them by their names. */
  public static class NoWork extends PaymentSaga {

    NoWork() {
      super(null, null, null, null);
    }

    @Override
    public void recordPayment(
        UUID paymentId, String idempotencyKey, UUID userId, UUID reservationId, long amount) {}

    @Override
    public void usePoints(UUID paymentId, UUID userId, long amount) {}

    @Override
    public void completeReservation(UUID paymentId, UUID reservationId, long amount) {}

    @Override
    public void completePayment(UUID paymentId) {}
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties
  @ImportAutoConfiguration(SeataCoreAutoConfiguration.class)
  static class Application {

    @Bean
    NoWork paymentSaga() {
      return new NoWork();
    }
  }

  @Setup(Level.Trial)
  public void start() throws Exception {
    stack = LocalStack.start(StackOptions.forServers(memory.servers));
    context =
        memory == Memory.LOG_AND_SERVER
            ? SeataClient.start(Application.class, SeataClient.of(stack.server("seata")))
            : SeataClient.start(Application.class);
    engine = memory == Memory.NOBODY ? forgetful() : logging();
  }

  private StateMachineEngine forgetful() throws Exception {
    var settings = new DefaultStateMachineConfig();
    settings.setApplicationContext(context);
    settings.setStateMachineDefInputStreamArray(
        new InputStream[] {
          new ByteArrayInputStream(PaymentSaga.DEFINITION.json().getBytes(StandardCharsets.UTF_8))
        });
    settings.afterPropertiesSet();
    var forgetful = new ProcessCtrlStateMachineEngine();
    forgetful.setStateMachineConfig(settings);
    return forgetful;
  }

  /** As the system saga sets it up. */
  private StateMachineEngine logging() throws Exception {
    JdbcAccess access = stack.postgres().createDatabase("saga_log");
    database = new HikariDataSource();
    database.setJdbcUrl(access.url());
    database.setUsername(access.user());
    database.setPassword(access.password());
    new ResourceDatabasePopulator(
            new ClassPathResource("db/coordinator/postgresql/V1__saga_log.sql"))
        .execute(database);
    var configuration = new CoordinatorConfiguration();
    if (memory == Memory.LOG_AND_SERVER) {
      transactions = configuration.sagaTransactions("jmh", "ticketing");
      transactions.setApplicationContext(context);
      transactions.afterSingletonsInstantiated();
    }
    var settings =
        configuration.engineSettings(
            database,
            context,
            transactions,
            new CoordinatorSettings(Duration.ofMinutes(1)),
            TransactionLog.NONE);
    settings.afterPropertiesSet();
    return configuration.engine(
        settings, new Sagas(JdbcClient.create(database)), TransactionLog.NONE);
  }

  @TearDown(Level.Trial)
  public void stop() throws Exception {
    if (transactions != null) {
      transactions.destroy();
    }
    context.close();
    if (database != null) {
      database.close();
    }
    stack.close();
  }

  @Benchmark
  public StateMachineInstance pay() {
    var payment =
        new PaymentCommand(UUID.randomUUID(), "key", UUID.randomUUID(), UUID.randomUUID(), 100);
    StateMachineInstance saga =
        engine.startWithBusinessKey(
            PaymentSaga.DEFINITION.name(),
            null,
            payment.paymentId().toString(),
            PaymentSaga.parameters(payment));
    if (saga.getStatus() != ExecutionStatus.SU) {
      throw new IllegalStateException("The saga did not succeed.", saga.getException());
    }
    return saga;
  }
}
