package org.ticketing.choreography;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.ticketing.stack.system.Systems;
import org.ticketing.verification.contract.PaymentContract;

/** The contract with a broker: {@code mvn verify ... -Dticketing.kafka=true}. */
@EnabledIfSystemProperty(
    named = "ticketing.kafka",
    matches = "true",
    disabledReason = "What the carrier does is tested by KafkaCarrierIT; this takes minutes more.")
class ChoreographyKafkaContractIT extends PaymentContract {

  ChoreographyKafkaContractIT() {
    super(Systems.named("choreographykafka"));
  }
}
