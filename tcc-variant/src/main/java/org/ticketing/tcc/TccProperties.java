package org.ticketing.tcc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param timeout a payment that was not decided after this time is cancelled by Seata's server
 * @param fenceRetention how long a participant remembers finished branches; longer than any message
 *     can be late
 */
@ConfigurationProperties("ticketing.tcc")
record TccProperties(
    @DefaultValue("10s") Duration timeout, @DefaultValue("1h") Duration fenceRetention) {}
