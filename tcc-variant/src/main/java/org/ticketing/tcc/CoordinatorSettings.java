package org.ticketing.tcc;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the payment process.
 *
 * @param transactionTimeout Seata's server cancels a payment that has not been decided after this
 *     time
 */
@Validated
@ConfigurationProperties("ticketing.tcc.coordinator")
record CoordinatorSettings(
    @NotNull @DurationMin(seconds = 1) @DefaultValue("10s") Duration transactionTimeout) {}
