package org.ticketing.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param timeout a payment that has not finished after this time is compensated at the request of
 *     Seata's server; longer than an HTTP call can take, so that a payment process that lives
 *     compensates by itself
 */
@ConfigurationProperties("ticketing.saga")
record SagaProperties(@DefaultValue("15s") Duration timeout) {}
