package org.ticketing.tracker;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Takes encoded slashes in paths for what they are, a part of a segment, because the Xids of XA
 * have some. Tomcat refuses them otherwise, for fear of what comes after it; here that is Spring
 * MVC, which reads each segment by itself.
 */
@Component
class SlashesInXids implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory tomcat) {
    tomcat.addConnectorCustomizers(connector -> connector.setEncodedSolidusHandling("passthrough"));
  }
}
