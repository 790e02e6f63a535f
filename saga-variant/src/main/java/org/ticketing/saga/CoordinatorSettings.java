package org.ticketing.saga;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the coordinator.
 *
 * @param transactionTimeout time after which Seata's server asks for the compensation of a payment
 *     that has not finished; longer than all steps can take, two of them in other services, so that
 *     a payment process that is alive compensates by itself
 */
@Validated
@ConfigurationProperties("ticketing.saga.coordinator")
record CoordinatorSettings(
    @DefaultValue("18s") @DurationMin(seconds = 1) Duration transactionTimeout) {}
