package org.ticketing.platform;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.AbstractHttpServiceRegistrar;

/**
 * Creates an HTTP client for every API interface of the services that this process does not host.
 * Their addresses are {@code spring.http.serviceclient.<service>.base-url}.
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
        groups.forGroup(service.id()).registerTypeNames(apis(service));
      }
    }
  }

  /** Spring's own scan would take controllers for APIs, because they implement them. */
  private static String[] apis(Service service) {
    var scanner =
        new ClassPathScanningCandidateComponentProvider(false) {
          @Override
          protected boolean isCandidateComponent(AnnotatedBeanDefinition found) {
            return found.getMetadata().isInterface();
          }
        };
    scanner.addIncludeFilter(new AnnotationTypeFilter(HttpExchange.class, false, false));
    return scanner.findCandidateComponents(service.packageName()).stream()
        .map(BeanDefinition::getBeanClassName)
        .toArray(String[]::new);
  }
}
