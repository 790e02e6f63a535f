package org.ticketing.platform;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers the components of the services that this process hosts. */
class HostedServices implements ImportBeanDefinitionRegistrar, EnvironmentAware {

  private Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata application, BeanDefinitionRegistry registry) {
    var scanner = new ClassPathBeanDefinitionScanner(registry, true, environment);
    for (Service service : Service.hosted(environment)) {
      scanner.scan(service.packageName());
    }
  }
}
