package org.ticketing.platform;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An OpenAPI document for each hosted service under {@code /v3/api-docs/<service>}, without what
 * only services call. Off by default, because the documents cost time at every start.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("springdoc.api-docs.enabled")
class ApiDocuments {

  private static final String TOKEN = "token";

  @Bean
  static BeanFactoryPostProcessor oneDocumentPerService(Environment environment) {
    return factory ->
        Service.hosted(environment)
            .forEach(service -> factory.registerSingleton(service.id() + "Document", of(service)));
  }

  private static GroupedOpenApi of(Service service) {
    return GroupedOpenApi.builder()
        .group(service.id())
        .packagesToScan(service.packageName())
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
