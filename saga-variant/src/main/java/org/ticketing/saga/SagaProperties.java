package org.ticketing.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param timeout a payment that has not finished after this time is compensated at the request of
 *     Seata's server
 */
@ConfigurationProperties("ticketing.saga")
record SagaProperties(@DefaultValue("10s") Duration timeout) {}
