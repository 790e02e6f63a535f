package org.ticketing.payment;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param mode how a payment asks for its user and its reservation: {@code in-sequence}, {@code
 *     in-parallel}, or {@code in-one-call}, which asks for the reservation alone
 * @param cacheFor how stale user and price may be that a payment reads from a cache; {@code 0s} if
 *     there is none
 */
@Validated
@ConfigurationProperties("ticketing.payment.look-ups")
record LookUpProperties(
    @DefaultValue("in-parallel") @NotNull LookUpMode mode,
    @DefaultValue("0s") @NotNull @DurationMin Duration cacheFor) {}
