package org.ticketing.tracker;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the tracker, with their defaults in {@code application.properties}.
 *
 * @param listeners how many pages can be live at once
 * @param interval how often a live page is told what has changed
 * @param connect how long a connection to a service is waited for
 * @param participant how long the answer of a participant is waited for
 * @param engine how long the answer of the payment service is waited for, which asks others itself
 * @param steering how long the end of what an operator has ordered is waited for
 * @param patience until this age, a transaction that no engine knows is no orphan
 * @param traceUrl where the trace of a payment is found, with {@code {payment}} in place of its id;
 *     empty if nowhere
 * @param metricsUrl the page with metrics and alerts; empty if there is none
 */
@Validated
@ConfigurationProperties("ticketing.tracker")
record TrackerSettings(
    @Min(1) int listeners,
    @NotNull Duration interval,
    @NotNull Duration connect,
    @NotNull Duration participant,
    @NotNull Duration engine,
    @NotNull Duration steering,
    @NotNull Duration patience,
    @NotNull @Pattern(regexp = "(https?://.+)?") String traceUrl,
    @NotNull @Pattern(regexp = "(https?://.+)?") String metricsUrl) {}
