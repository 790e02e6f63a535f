package org.ticketing.payment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.ticketing.reservation.ReservationApi;

/**
 * @param batch how many payments partners and the queue are told of with one call at most, up to
 *     100
 */
@Validated
@ConfigurationProperties("ticketing.payment.follow-ups")
record FollowUpProperties(
    @DefaultValue("100") @Min(1) @Max(ReservationApi.LARGEST_LOOKUP) int batch) {}
