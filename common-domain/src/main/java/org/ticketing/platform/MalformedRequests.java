package org.ticketing.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;

/**
 * Answers requests that Tomcat rejects before Spring sees them, and those that it cannot read to
 * their end, with a problem detail as well.
 */
class MalformedRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory tomcat) {
    tomcat.addContextCustomizers(
        context ->
            ((StandardHost) context.getParent())
                .setErrorReportValveClass(ProblemReport.class.getName()));
  }

  /** Tomcat creates it by the name of its class. */
  public static class ProblemReport extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
      int status = response.getStatus();
      if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      try {
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response
            .getReporter()
            .write(
                "{\"type\":\"%s%s\",\"status\":%d,\"detail\":\"%s\"}"
                    .formatted(
                        Problems.TYPE_PREFIX,
                        reason(status).id(),
                        status,
                        "The request could not be read."));
        response.finishResponse();
      } catch (IOException clientIsGone) {
        // there is nobody to answer
      }
    }

    private static Reason reason(int status) {
      return switch (status) {
        case HttpServletResponse.SC_REQUEST_TIMEOUT -> Reason.REQUEST_TIMEOUT;
        case HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE -> Reason.CONTENT_TOO_LARGE;
        default -> status < 500 ? Reason.INVALID_REQUEST : Reason.INTERNAL_ERROR;
      };
    }
  }
}
