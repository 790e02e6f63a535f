package org.ticketing.partner;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param timeout how long a partner may take to answer a delivery in full. It counts as failed then
 * @param attempts after how many failures of the same delivery its partner is parked, until an
 *     operator resumes it
 * @param allowLocalAddresses whether partners may be on the machine or in the network of the
 *     service. If not, such addresses are refused
 */
@Validated
@ConfigurationProperties("ticketing.partner")
record PartnerProperties(
    @DefaultValue("5s") @NotNull @DurationMin(millis = 100) Duration timeout,
    @DefaultValue("10") @Min(1) int attempts,
    @DefaultValue("false") boolean allowLocalAddresses) {}
