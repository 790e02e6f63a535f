package org.ticketing.choreography;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
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
      super(Systems.named("choreographykafka"), Map.of());
    }
  }

  @Test
  void aProcessThatIsToldToStopAnswersWhatIsUnderWay(RunningSystem system) throws Exception {
    StoppingProcess.answersWhatIsUnderWay(system, system.process("payment"));
  }
}
