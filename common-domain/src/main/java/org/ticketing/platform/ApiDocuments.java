package org.ticketing.platform;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Offers an OpenAPI document of each hosted service under {@code /v3/api-docs/<service>}, with what
 * its process tells of transactions, and without the paths that only services call. Off by default,
 * because the documents take time at every start.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(ApiDocuments.ENABLED)
@Import(ApiDocuments.OnePerService.class)
class ApiDocuments {

  static final String ENABLED = "springdoc.api-docs.enabled";

  private static final String TOKEN = "token";

  static class OnePerService implements ImportBeanDefinitionRegistrar, EnvironmentAware {

    private Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
      this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(
        AnnotationMetadata importing, BeanDefinitionRegistry registry) {
      for (Service service : Service.hosted(environment)) {
        registry.registerBeanDefinition(
            service.id() + "Document",
            BeanDefinitionBuilder.genericBeanDefinition(
                    GroupedOpenApi.class, () -> document(service))
                .getBeanDefinition());
      }
    }
  }

  private static GroupedOpenApi document(Service service) {
    return GroupedOpenApi.builder()
        .group(service.id())
        .packagesToScan(service.packageName(), ApiDocuments.class.getPackageName())
        .pathsToExclude(Paths.PROTOCOL + "**", Paths.INTERNAL + "**")
        .addOpenApiCustomizer(
            document -> document.setInfo(new Info().title(service.id()).version("1")))
        .build();
  }

  @Bean
  OpenAPI signedIn() {
    return new OpenAPI()
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }
}
