package org.ticketing.tracker;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the tracker.
 *
 * @param listeners how many pages can be live at once, each of which asks the payment service every
 *     interval
 * @param interval how often a live page is told what has changed
 * @param connect how long a connection to a service is waited for
 * @param participant how long the answer of a participant is waited for
 * @param engine how long the answer of the payment service is waited for, which asks others itself
 * @param steering how long the end of what an operator has ordered is waited for
 * @param patience until this age, a transaction that no engine knows is no orphan
 * @param traceUrl where the trace of a payment is found, with {payment} in place of its id; empty
 *     if nowhere
 * @param metricsUrl the page with metrics and alerts; empty if there is none
 */
@Validated
@ConfigurationProperties("ticketing.tracker")
record TrackerSettings(
    @DefaultValue("20") @Min(1) int listeners,
    @DefaultValue("1s") @NotNull Duration interval,
    @DefaultValue("1s") @NotNull Duration connect,
    @DefaultValue("2s") @NotNull Duration participant,
    @DefaultValue("10s") @NotNull Duration engine,
    @DefaultValue("60s") @NotNull Duration steering,
    @DefaultValue("1m") @NotNull Duration patience,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://.+)?") String traceUrl,
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://.+)?") String metricsUrl) {}
