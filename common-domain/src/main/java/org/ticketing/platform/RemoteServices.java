package org.ticketing.platform;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.web.service.registry.AbstractHttpServiceRegistrar;

/**
 * Makes an HTTP client of every API interface of the services this process does not host, found
 * under {@code spring.http.serviceclient.<service>.base-url}.
 */
class RemoteServices extends AbstractHttpServiceRegistrar {

  private Set<Service> hosted;

  @Override
  public void setEnvironment(Environment environment) {
    super.setEnvironment(environment);
    hosted = Service.hosted(environment);
  }

  @Override
  protected void registerHttpServices(GroupRegistry groups, AnnotationMetadata application) {
    for (Service service : EnumSet.allOf(Service.class)) {
      if (!hosted.contains(service)) {
        groups.forGroup(service.id()).detectInBasePackages(service.packageName());
      }
    }
  }
}
