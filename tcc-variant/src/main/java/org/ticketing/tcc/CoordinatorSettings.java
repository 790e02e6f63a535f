package org.ticketing.tcc;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the coordinator, which the payment process passes to Seata's server.
 *
 * @param transactionTimeout time after which Seata's server cancels a payment that has not been
 *     decided; longer than three tries can take, two of them in other services
 */
@Validated
@ConfigurationProperties("ticketing.tcc.coordinator")
record CoordinatorSettings(
    @DefaultValue("24s") @DurationMin(seconds = 1) Duration transactionTimeout) {}
