package org.ticketing.tcc;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the coordinator, which the payment process passes to Seata's server.
 *
 * @param transactionTimeout Seata's server cancels a payment that has not been decided after this
 *     time
 */
@Validated
@ConfigurationProperties("ticketing.tcc.coordinator")
record CoordinatorSettings(
    @DefaultValue("10s") @DurationMin(seconds = 1) Duration transactionTimeout) {}
