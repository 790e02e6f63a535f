package org.ticketing.tcc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.seata.core.context.RootContext;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.ticketing.platform.LogField;
import org.ticketing.platform.Reason;
import org.ticketing.platform.Refusal;

/**
 * Takes the Xid along with the calls of tries, and refuses a try without one. Seata's own
 * interceptor would bind it at every endpoint, the public ones included, and would let a try
 * without Xid through, which nobody would ever confirm or cancel.
 */
class XidPropagation implements ClientHttpRequestInterceptor, HandlerInterceptor {

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    if (RootContext.inGlobalTransaction()) {
      request.getHeaders().set(RootContext.KEY_XID, RootContext.getXID());
    }
    return execution.execute(request, body);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String xid = request.getHeader(RootContext.KEY_XID);
    if (xid == null) {
      throw new Refusal(Reason.XID_REQUIRED, "A try belongs to a global transaction.");
    }
    RootContext.bind(xid);
    LogField.XID.set(xid);
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
    RootContext.unbind();
  }
}
