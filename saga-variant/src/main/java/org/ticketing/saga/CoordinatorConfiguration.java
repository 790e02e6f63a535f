package org.ticketing.saga;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.apache.seata.saga.engine.config.DbStateMachineConfig;
import org.apache.seata.saga.engine.serializer.impl.ParamsSerializer;
import org.apache.seata.saga.rm.StateMachineEngineHolder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.ticketing.platform.ConditionalOnHosted;
import org.ticketing.platform.Observations;
import org.ticketing.platform.Phases;
import org.ticketing.platform.tracking.TransactionLog;
import org.ticketing.seata.ServerConnection;

/**
 * The payment process as the one that runs sagas, by Seata's state machine engine, which Seata's
 * starter does not set up on Spring Boot 4.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnHosted("payment")
@EnableConfigurationProperties(CoordinatorSettings.class)
@EnableScheduling
@Import(ServerConnection.class)
class CoordinatorConfiguration {

  @Bean
  Phases phases(Observations observations, TransactionLog log) {
    return new Phases("saga", observations, log);
  }

  @Bean
  SagaTransactions sagaTransactions(
      @Value("${seata.application-id}") String applicationId,
      @Value("${seata.tx-service-group}") String txServiceGroup) {
    var transactions = new SagaTransactions();
    transactions.setApplicationId(applicationId);
    transactions.setTxServiceGroup(txServiceGroup);
    return transactions;
  }

  /** Writes the saga's definition into the tables of the log as soon as it is created. */
  @Bean
  @DependsOnDatabaseInitialization
  DbStateMachineConfig engineSettings(
      DataSource dataSource,
      ApplicationContext context,
      SagaTransactions transactions,
      CoordinatorSettings settings,
      TransactionLog tracking)
      throws IOException {
    var config = new DbStateMachineConfig();
    config.setDataSource(dataSource);
    config.setApplicationContext(context);
    config.setSagaTransactionalTemplate(transactions);
    int timeoutMillis = Math.toIntExact(settings.transactionTimeout().toMillis());
    config.setTransOperationTimeout(timeoutMillis);
    // A step that was cut off may be resumed then. Seata's default is five minutes.
    config.setServiceInvokeTimeout(timeoutMillis);
    config.setStateMachineDefInputStreamArray(new InputStream[] {definition()});
    config.setStatusDecisionStrategy(new SagaOutcome());
    config.setStateLogStore(sagaLog(config, transactions, tracking));
    return config;
  }

  private static InputStream definition() {
    return new ByteArrayInputStream(PaymentSaga.DEFINITION.json().getBytes(StandardCharsets.UTF_8));
  }

  /** Set up as Seata would set up its own. */
  private static SagaLog sagaLog(
      DbStateMachineConfig config, SagaTransactions transactions, TransactionLog tracking) {
    var parameters = new ParamsSerializer();
    parameters.setJsonParserName(config.getSagaJsonParser());
    var log = new SagaLog(PaymentSaga.DEFINITION.localSteps(), tracking);
    log.setDataSource(config.getDataSource());
    log.setTablePrefix(config.getTablePrefix());
    log.setDefaultTenantId(config.getDefaultTenantId());
    log.setSeqGenerator(config.getSeqGenerator());
    log.setSagaTransactionalTemplate(transactions);
    log.setParamsSerializer(parameters);
    log.setExceptionSerializer(new FailureText());
    return log;
  }

  @Bean
  SagaEngine engine(DbStateMachineConfig config, Sagas sagas, TransactionLog tracking) {
    var engine = new SagaEngine(sagas, tracking);
    engine.setStateMachineConfig(config);
    StateMachineEngineHolder.setStateMachineEngine(engine);
    return engine;
  }
}
