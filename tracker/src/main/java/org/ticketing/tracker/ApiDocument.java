package org.ticketing.tracker;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the OpenAPI document {@code /v3/api-docs/tracker}. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

  private static final String TOKEN = "token";

  @Bean
  GroupedOpenApi document() {
    return GroupedOpenApi.builder()
        .group("tracker")
        .packagesToScan("org.ticketing.tracker")
        .addOpenApiCustomizer(
            document -> document.setInfo(new Info().title("tracker").version("1")))
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
