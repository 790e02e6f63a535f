package org.ticketing.platform.tracking;

import java.time.Duration;

/**
 * Who writes the log, and for how long it is kept.
 *
 * @param service whose process this is
 * @param instance which process of that service
 */
public record LogSettings(String service, String instance, Duration retention) {}
