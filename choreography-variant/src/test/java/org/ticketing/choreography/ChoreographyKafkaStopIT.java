package org.ticketing.choreography;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ticketing.stack.process.StackProcess;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.RunningSystem;

/** With a broker: {@code mvn verify ... -Dticketing.kafka=true}. */
@EnabledIfSystemProperty(
    named = "ticketing.kafka",
    matches = "true",
    disabledReason = "ChoreographyPaymentIT has the same without a broker.")
@ExtendWith(ChoreographyKafkaStopIT.KafkaSystem.class)
class ChoreographyKafkaStopIT {

  static class KafkaSystem extends RunningSystem.Parameter {

    KafkaSystem() {
      super(
          Systems.named("choreographykafka"),
          Map.of(StoppingProcess.PATIENCE_PROPERTY, StoppingProcess.PATIENCE_OF_PROCESS));
    }
  }

  @Test
  void aProcessThatIsToldToStopAnswersWhatIsUnderWay(RunningSystem system) throws Exception {
    StoppingProcess.answersWhatIsUnderWay(system, system.process("payment"));
  }

  @Test
  void aProcessWhoseBrokerIsSilentEndsBeforeDockerKillsIt(RunningSystem system) throws Exception {
    StackProcess broker = system.stack().server("kafka").process();
    StackProcess payment = system.process("payment");
    broker.pause();
    try {
      payment.expectEnd();
      ProcessHandle.of(payment.pid()).orElseThrow().destroy();
      assertThat(payment.awaitEnd(Duration.ofSeconds(10))).isTrue();
    } finally {
      broker.resume();
      payment.restart();
    }
  }
}
