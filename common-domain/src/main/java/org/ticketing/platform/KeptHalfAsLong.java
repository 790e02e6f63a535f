package org.ticketing.platform;

import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Keeps an unused connection for half as long as the server has announced to keep it. Whoever keeps
 * it to the end may send a request in the moment in which the server closes it, and has no answer
 * then.
 */
public final class KeptHalfAsLong extends DefaultConnectionKeepAliveStrategy {

  @Override
  public TimeValue getKeepAliveDuration(HttpResponse response, HttpContext context) {
    return TimeValue.ofMilliseconds(
        super.getKeepAliveDuration(response, context).toMilliseconds() / 2);
  }
}
